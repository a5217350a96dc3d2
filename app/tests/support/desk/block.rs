//! Samples: the doors of a block, and what is said afterwards.

use super::{Samples, now};
use app::desk::{
    Answer, BlockCodeForm, BlockCounter, BlockMitidForm, BlockNowForm, BlockPasswordForm, BlockQuestion,
    BlockReceipt, ConfirmBlockForm, NoticeForm, Seen, ServiceEnding, WasItYou,
};
use async_trait::async_trait;
use domain::ids::FlowId;

#[async_trait]
impl BlockCounter for Samples {
    async fn block_page(&self) -> Seen<()> {
        self.give(())
    }
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<BlockQuestion> {
        self.give(BlockQuestion { flow, lists_services: true })
    }
    async fn block_receipt(&self) -> Seen<BlockReceipt> {
        let closed = ServiceEnding::Closed { name: "Omsorg".into(), at: now() };
        let open = ServiceEnding::Open { name: "Løn".into(), until: now() };
        self.give(BlockReceipt {
            at: now(),
            reference: "SP-7K3Q-92AB".into(),
            services: Some(vec![closed, open]),
        })
    }
    async fn was_it_you(&self, _: &str) -> Seen<Option<WasItYou>> {
        let template = domain::notice::Template::PasswordSet;
        self.give(Some(WasItYou { template, at: now(), reference: "7K3Q-92AB".into() }))
    }

    async fn block_now(&self, form: BlockNowForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_mitid(&self, form: BlockMitidForm) -> Answer {
        self.hear(&form)
    }
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_notice(&self, form: NoticeForm) -> Answer {
        self.hear(&form)
    }
}
