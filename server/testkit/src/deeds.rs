//! What many tests begin with: importing, finding, proving and activating seeded people.

use crate::{Rig, hr};
use domain::association::Association;
use domain::audit::EventKind;
use domain::cpr::{CprStatus, RegisterStatus};
use domain::hr::HrLine;
use domain::ids::PersonId;
use domain::level::AssuranceLevel;
use domain::person::Person;
use domain::proofing::{IdentityProofing, Means, PROCESS};
use domain::standing::Standing;
use domain::{Date, SignedDuration, Timestamp};
use usecases::context::Cx;
use usecases::import_employees::{ImportError, ImportReport, import_employees};
use usecases::ports::saml::Inbound;
use usecases::ports::store::Tx;
use usecases::receive_request::{Received, RequestRefused, receive_request};
use usecases::who::who;

impl Rig {
    /// Imports lines on a usual day.
    pub async fn import(&self, lines: Vec<HrLine>) -> Result<ImportReport, ImportError> {
        import_employees(&self.cx(), hr::feed(lines), hr::by_operator()).await
    }

    /// A look at the store.
    pub async fn look(&self) -> Box<dyn Tx> {
        self.house.store.reading("test").await.expect("a store")
    }

    /// A change past the use cases.
    pub async fn change(&self) -> Box<dyn Tx> {
        self.house.store.begin("test").await.expect("a store")
    }

    /// The n-th seeded person.
    pub async fn person(&self, n: u32) -> Person {
        let mut tx = self.look().await;
        let id =
            tx.person_by_user_name(&hr::line(n).user_name).await.expect("a store").expect("she is there");
        tx.person(id).await.expect("a store").expect("she is there")
    }

    /// Her relations.
    pub async fn relations(&self, n: u32) -> Vec<Association> {
        let id = self.person(n).await.id;
        self.look().await.associations_of(id).await.expect("a store")
    }

    /// Her holds and epoch.
    pub async fn standing(&self, n: u32) -> Standing {
        let id = self.person(n).await.id;
        self.look().await.standing(id).await.expect("a store")
    }

    /// How often something happened.
    pub async fn events(&self, kind: EventKind) -> u64 {
        self.look().await.rows_of_kind(kind.word(), Timestamp::UNIX_EPOCH).await.expect("a store")
    }

    /// Proves who she is, as a trip to MitID does.
    pub async fn prove(&self, n: u32) {
        let cx = self.cx();
        let proofing = proof_by_mitid(&cx, self.person(n).await.id);
        let mut tx = self.change().await;
        tx.add_proofing(&proofing).await.expect("a store");
        tx.commit().await.expect("a store");
    }

    /// Makes every relation of hers active, as finishing the enrolment does.
    pub async fn activate(&self, n: u32) {
        let relations = self.relations(n).await;
        let mut tx = self.change().await;
        for relation in relations {
            let active = Association { activated_at: Some(self.cx().now), ..relation };
            tx.put_association(&active).await.expect("a store");
        }
        tx.commit().await.expect("a store");
    }

    /// Chains what waits.
    pub async fn sequence(&self) -> usize {
        let done = usecases::sequence_trail::sequence_trail(&self.house, 500).await;
        done.expect("a store").rows
    }
}

/// What a trip to MitID proves.
pub(crate) fn proof_by_mitid(cx: &Cx, person: PersonId) -> IdentityProofing {
    IdentityProofing {
        id: cx.id().expect("chance"),
        person,
        at: cx.now,
        level: AssuranceLevel::Substantial,
        means: Means::Mitid {
            issuer: "https://broker.example".into(),
            authenticators: vec!["code_app".into()],
            transaction: "t-1".into(),
            mitid_transaction: "m-1".into(),
            receipt: [1; 32],
        },
        register: CprStatus {
            status: RegisterStatus::Resident,
            source: "broker:ssn.details".into(),
            at: cx.now,
        },
        process: PROCESS.into(),
    }
}

/// A day, such as `2026-11-02`.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// So many hours.
pub fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A service's request comes in at this browser, whoever sits there.
pub async fn receive(cx: &Cx, raw_query: &str) -> Result<Received, RequestRefused> {
    receive_request(cx, who(cx).await?, Inbound::Redirect(raw_query)).await
}
