//! Samples: new terms, from a draft to everybody.

use super::{Samples, now};
use app::desk::{
    Answer, ApproveTermsForm, BeginTermsForm, DraftShown, OpenDraft, OpenDraftPage, ProposeTermsForm,
    PublicationCounter, PublicationPage, Seen, WithdrawTermsForm, WriteTermsForm, WriteTermsPage,
};
use async_trait::async_trait;
use domain::ids::FlowId;
use domain::publication::{Binds, Draft, DraftState, PageText, Pages, Published, Spread, difference};
use domain::terms::TermsVersion;
use jiff::civil::date;

#[async_trait]
impl PublicationCounter for Samples {
    async fn publication_page(&self) -> Seen<PublicationPage> {
        let shown = draft(false);
        let version = Published {
            number: 1,
            terms: shown.follows.clone(),
            replaces: shown.hash,
            binds: Binds::Everybody { accept_by: Some(date(2027, 3, 1)) },
            draft: shown.draft.id,
            proposed: (shown.draft.by, now()),
            approved: (shown.draft.by, now()),
        };
        self.give(PublicationPage {
            in_force: shown.follows.clone(),
            published: vec![(version, ["Maja Holm".into(), "Jonas Bæk".into()])],
            draft: Some(shown),
        })
    }
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage> {
        let draft = draft(true).draft;
        let spread = draft.pages.page(1).cloned().unwrap_or_default();
        self.give(WriteTermsPage { draft: draft.id, version: draft.version, page, spread })
    }
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage> {
        self.give(OpenDraftPage { flow, open: OpenDraft::Publish, shown: draft(false) })
    }

    async fn begin_terms(&self, form: BeginTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn write_terms(&self, form: WriteTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer {
        self.hear(&form)
    }
}

/// A draft beside the version it follows; proposed when another wrote it. Its text tries to be markup.
fn draft(own: bool) -> DraftShown {
    let text = |title: &str, body: &str| PageText::typed(title, body);
    let pages = |last: &str| -> Pages {
        let danish = text("Dit login", &format!("Det er dit alene.\n\n{last}"));
        vec![Spread { danish, english: text("Your login", &format!("It is yours alone.\n\n{last}")) }].into()
    };
    let (before, after) = (pages("One & old."), pages("</textarea><script>alert(1)</script>"));
    let (version, at) = ("2.0".to_owned(), now());
    let (hash, replaces) = (after.hash(&version), before.hash("1.0"));
    let lines = [
        difference(&before.lines(|it| &it.danish), &after.lines(|it| &it.danish)),
        difference(&before.lines(|it| &it.english), &after.lines(|it| &it.english)),
    ];
    let state = if own { DraftState::Writing } else { DraftState::Proposed { at, hash } };
    let (id, by) = (uuid::Uuid::from_u128(1).into(), uuid::Uuid::from_u128(2).into());
    DraftShown {
        draft: Draft { id, version, pages: after, replaces, by, begun_at: at, state },
        hash,
        own,
        author: "Maja Holm".into(),
        follows: TermsVersion { hash: replaces, version: "1.0".into(), date: date(2026, 11, 1), pages: 1 },
        lines,
    }
}
