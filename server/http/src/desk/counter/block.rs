//! The doors of a block, and what is said afterwards.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, BlockCodeForm, BlockCounter, BlockMitidForm, BlockNowForm, BlockPasswordForm, BlockQuestion,
    BlockReceipt, ConfirmBlockForm, NoticeForm, Seen, WasItYou,
};
use async_trait::async_trait;
use domain::ids::FlowId;

#[async_trait]
impl BlockCounter for BrowserDesk {
    async fn block_page(&self) -> Seen<()> {
        self.see_block_page()
    }
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<BlockQuestion> {
        self.see_confirm_block(flow).await
    }
    async fn block_receipt(&self) -> Seen<BlockReceipt> {
        self.see_block_receipt().await
    }
    async fn was_it_you(&self, token: &str) -> Seen<Option<WasItYou>> {
        self.see_was_it_you(token).await
    }

    async fn block_now(&self, _form: BlockNowForm) -> Answer {
        self.do_block_now().await
    }
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer {
        self.do_block_by_code(form).await
    }
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer {
        self.do_block_by_password(form).await
    }
    async fn block_by_mitid(&self, _form: BlockMitidForm) -> Answer {
        self.do_block_by_mitid().await
    }
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer {
        self.do_confirm_block(form).await
    }
    async fn block_by_notice(&self, form: NoticeForm) -> Answer {
        self.do_block_by_notice(form).await
    }
}
