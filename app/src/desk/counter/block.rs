//! The doors of a block, and what is said afterwards.

use crate::desk::{
    Answer, BlockCodeForm, BlockMitidForm, BlockNowForm, BlockPasswordForm, BlockQuestion, BlockReceipt,
    ConfirmBlockForm, NoticeForm, Seen, WasItYou,
};
use async_trait::async_trait;
use domain::ids::FlowId;

/// The doors of a block, and what is said afterwards.
#[async_trait]
pub trait BlockCounter: Send + Sync {
    /// `/spaer/nu`: the question before a block by an open session; without one `Stop::Go` to `/spaer`.
    async fn block_page(&self) -> Seen<()>;
    /// `/spaer/bekraeft/{flow}`: the same question where the flow knows who.
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<BlockQuestion>;
    /// `/spaer/kvittering`: of the block this browser did; without one `Stop::Go` to `/spaer`.
    async fn block_receipt(&self) -> Seen<BlockReceipt>;
    /// `/var-det-dig/{token}`: what the letter told; none when the link is dead. Changes nothing.
    async fn was_it_you(&self, token: &str) -> Seen<Option<WasItYou>>;

    /// Blocks whoever is signed in here.
    async fn block_now(&self, form: BlockNowForm) -> Answer;
    /// Blocks by the printed code.
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer;
    /// Blocks by user name and password.
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer;
    /// Off to MitID to block.
    async fn block_by_mitid(&self, form: BlockMitidForm) -> Answer;
    /// The last yes.
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer;
    /// Blocks by the link in a notice.
    async fn block_by_notice(&self, form: NoticeForm) -> Answer;
}
