//! What the cookie's record remembers of a browser: its id, and words for the next page. Who is signed in stands in
//! rows of its own; here only which session this cookie was given, for no older copy of it was.

use app::desk::{BlockedBy, BrokenKind, CannotWhy, Flash, PausedDoor};
use domain::ids::{BrowserId, HoldId, PersonId, SessionId};
use domain::proofing::RefusalPage;
use domain::step_up::StepUpFor;
use domain::suspension::Door;
use domain::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tower_sessions::{Session, session};
use usecases::ports::records::{BEFORE, BROWSER as KEY, postponing};
use usecases::suspend::Receipt;

/// The record behind a cookie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    pub(crate) browser: Option<BrowserId>,
    /// When it was last kept.
    pub(crate) kept_at: Option<Timestamp>,
    /// What is to be said on which page, the oldest first.
    pub(crate) said: Vec<Said>,
    pub(crate) pause: Option<(PausedDoorKept, Option<Timestamp>)>,
    pub(crate) blocked: Option<(BlockedByKept, Timestamp, String)>,
    pub(crate) broken: Option<(BrokenKindKept, String, Option<String>)>,
    pub(crate) refused: Option<(RefusalPageKept, String)>,
    /// Where the last trip to MitID began, when it served no enrolment.
    pub(crate) trip_from: Option<String>,
    /// Why a login was not opened, or not given a new password (then true).
    pub(crate) cannot: Option<(bool, CannotWhy)>,
    /// The last welcome link this browser opened began this flow.
    pub(crate) begun: Option<domain::ids::FlowId>,
    /// The block this browser did.
    pub(crate) receipt: Option<Shown>,
    /// The way out of the last sign-out here, until somebody signs in.
    pub(crate) left_by: Option<domain::ids::FlowId>,
    /// The session this cookie was given, with its id of its own.
    pub(crate) session: Option<SessionId>,
    /// Who signed in here last, until she signs out.
    pub(crate) signed_in_as: Option<PersonId>,
    /// What she typed when her session was over.
    pub(crate) aside: Option<Draft>,
}

/// A page that is not looked at within this time has nothing to say any more: the redirect to it was not followed, and who
/// comes later need not be whom it was said to.
const SAID_FOR: SignedDuration = SignedDuration::from_mins(5);
/// So long waits what somebody typed when her session was over.
const WAITS: SignedDuration = SignedDuration::from_hours(1);

impl Record {
    /// Drops what is too old to be shown.
    pub(crate) fn forget_old(&mut self, now: Timestamp) {
        self.said.retain(|said| now.duration_since(said.at) < SAID_FOR);
        self.aside = self.aside.take().filter(|draft| now.duration_since(draft.at) < WAITS);
    }
}

/// What is to be said once on a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) path: String,
    /// Without what was typed.
    pub(crate) flash: Flash,
    /// What was typed, sealed; empty where nothing is kept.
    pub(crate) kept: Vec<u8>,
    pub(crate) at: Timestamp,
}

/// What somebody typed that waits for her.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) person: PersonId,
    /// What she had confirmed again for.
    pub(crate) purpose: StepUpFor,
    /// Sealed.
    pub(crate) kept: Vec<u8>,
    pub(crate) at: Timestamp,
}

/// A block's receipt as a record keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "ReceiptKept", into = "ReceiptKept")]
pub(crate) struct Shown(pub(crate) Receipt);

#[derive(Serialize, Deserialize)]
struct ReceiptKept {
    person: PersonId,
    hold: HoldId,
    at: Timestamp,
    door: Door,
    /// None where it was kept by a version before this one: then the door tells.
    #[serde(default)]
    lists_services: Option<bool>,
}

impl From<ReceiptKept> for Shown {
    fn from(kept: ReceiptKept) -> Self {
        let ReceiptKept { person, hold, at, door, lists_services } = kept;
        let lists_services = lists_services.unwrap_or_else(|| door.may_see_services());
        Self(Receipt { person, hold, at, door, lists_services })
    }
}

impl From<Shown> for ReceiptKept {
    fn from(Shown(receipt): Shown) -> Self {
        let Receipt { person, hold, at, door, lists_services } = receipt;
        Self { person, hold, at, door, lists_services: Some(lists_services) }
    }
}

impl Shown {
    /// What this browser is shown once this one is given to it too. A second click finds the session ended by the first: of
    /// one and the same block it takes nothing back.
    pub(crate) fn after(mut self, before: Option<&Self>) -> Self {
        self.0.lists_services |= before.is_some_and(|Self(it)| it.hold == self.0.hold && it.lists_services);
        self
    }
}

macro_rules! kept {
    ($kept:ident of $shown:ident { $($case:ident),+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum $kept { $($case),+ }
        impl From<$shown> for $kept {
            fn from(shown: $shown) -> Self { match shown { $($shown::$case => Self::$case),+ } }
        }
        impl From<$kept> for $shown {
            fn from(kept: $kept) -> Self { match kept { $($kept::$case => Self::$case),+ } }
        }
    };
}
kept!(PausedDoorKept of PausedDoor { Password, Code });
kept!(BlockedByKept of BlockedBy { Owner, LeakedPassword, Municipality, Register, Association, Terms, Reconfirmation });
kept!(BrokenKindKept of BrokenKind { UnknownService, Stale, LevelTooHigh, Pilot, NotEntitled, FlowGone, Clocks, Crowded, NotOut, Fault, NothingToFinish, NotRenewed });
kept!(RefusalPageKept of RefusalPage { Stopped, Retry, OtherWay, Later });

/// A browser, by its cookie.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    session: Session,
}

impl Browser {
    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// What is remembered. A record that cannot be read is as good as none: the person starts over.
    pub(crate) async fn record(&self) -> Record {
        match self.session.get(KEY).await {
            Ok(record) => record.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "a browser's record cannot be read");
                Record::default()
            }
        }
    }

    /// Changes what is remembered.
    pub(crate) async fn change(&self, change: impl FnOnce(&mut Record)) {
        let mut record = self.record().await;
        change(&mut record);
        if let Err(error) = self.session.insert(KEY, record).await {
            tracing::warn!(%error, "a browser's record cannot be kept");
        }
    }

    /// Gives the cookie a new id: at every step-up (NSIS 6.6). Fails where the old one may live on; then nothing of the
    /// record goes on to another.
    pub(crate) async fn renew(&self) -> Result<(), session::Error> {
        self.or_nothing(self.session.cycle_id().await).await
    }

    /// The same once what is remembered is written, in one: where that fails the old id lives on. For what is opened to no
    /// cookie but the one that is told of it.
    pub(crate) async fn renew_at_the_end(&self) -> Result<(), session::Error> {
        let renewed = async {
            if let Some(before) = self.session.id() {
                self.session.insert(BEFORE, before.to_string()).await?;
            }
            postponing(self.session.cycle_id()).await
        };
        self.or_nothing(renewed.await).await
    }

    async fn or_nothing(&self, renewed: Result<(), session::Error>) -> Result<(), session::Error> {
        if renewed.is_err() {
            self.session.clear().await;
        }
        renewed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_forgotten_after_five_minutes_and_what_was_typed_after_an_hour() {
        let at = Timestamp::UNIX_EPOCH;
        let said = Said { path: "/log-ind".into(), flash: Flash::default(), kept: vec![1], at };
        let id: PersonId = uuid::Uuid::nil().into();
        let draft = Draft { person: id, purpose: StepUpFor::Factors, kept: vec![1], at };
        let after = |minutes, seconds| {
            let mut record =
                Record { said: vec![said.clone()], aside: Some(draft.clone()), ..Record::default() };
            record.forget_old(at + SignedDuration::from_mins(minutes) + SignedDuration::from_secs(seconds));
            (record.said.len(), record.aside.is_some())
        };
        assert_eq!(after(4, 59), (1, true));
        assert_eq!(after(5, 0), (0, true));
        assert_eq!(after(59, 59), (0, true));
        assert_eq!(after(60, 0), (0, false));
    }

    #[test]
    fn a_second_click_takes_nothing_from_the_receipt_of_the_same_block() {
        let receipt = |hold: u128, door, lists_services| {
            let (person, hold) = (uuid::Uuid::nil().into(), uuid::Uuid::from_u128(hold).into());
            Shown(Receipt { person, hold, at: Timestamp::UNIX_EPOCH, door, lists_services })
        };
        let first = receipt(1, Door::Code, true);
        let lists = |now: Shown| now.after(Some(&first)).0.lists_services;
        assert!(lists(receipt(1, Door::Code, false)), "a second click");
        assert!(!lists(receipt(2, Door::Code, false)), "another block");
        assert!(!receipt(1, Door::Code, false).after(None).0.lists_services);
        for shown in [first.clone(), receipt(1, Door::Session, true), receipt(1, Door::Notice, false)] {
            let kept = serde_json::to_string(&shown).unwrap();
            assert_eq!(serde_json::from_str::<Shown>(&kept).unwrap().0, shown.0);
            let before = kept.replace(&format!(",\"lists_services\":{}", shown.0.lists_services), "");
            assert_ne!(before, kept);
            let read: Shown = serde_json::from_str(&before).unwrap();
            assert_eq!(read.0.lists_services, shown.0.door == Door::Session, "as its version had it");
        }
    }

    #[test]
    fn a_record_of_before_is_read_without_its_words() {
        let before =
            r#"{"browser":null,"flashes":[["/log-ind",{"tiding":"DraftKept"}]],"draft":{"kept":{}}}"#;
        let record: Record = serde_json::from_str(before).unwrap();
        assert!(record.said.is_empty() && record.aside.is_none());
    }
}
