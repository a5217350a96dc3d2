//! What a wrong answer at a door costs: hashes, questions to the database and commits, and no clock (security decision 9).

use super::{by_password, enrolled, name, wrong};
use domain::suspension::Door;
use std::fmt;
use std::sync::{Arc, Mutex};
use testkit::{PASSWORD, Rig, hours};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};
use usecases::block_by_code::block_by_code;

/// Every statement PostgreSQL was sent, a commit too, in order, as the driver tells of them.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    fn said(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        self.0.lock().unwrap().push(statement.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Its first words, and all of them where there are more.
#[derive(Default)]
struct Statement(String);

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        if matches!(field.name(), "summary" | "db.statement") {
            self.0.push_str(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

/// An hour after the last: how often it hashed, and what it said to the database.
async fn cost(rig: &Rig, door: Door, user_name: &str, secret: &str) -> (u64, Vec<String>) {
    rig.clock.advance(hours(1));
    let (cx, hashed) = (rig.browser(9), rig.hasher.verified());
    let statements = Statements::default();
    // This thread's alone, which is the one the test itself runs on.
    let listening = tracing::subscriber::set_default(statements.clone());
    let refused = match door {
        Door::Password => by_password(&cx, user_name, secret).await,
        _ => block_by_code(&cx, user_name, secret).await,
    };
    drop(listening);
    assert!(wrong(refused), "{door:?}, {user_name}");
    (rig.hasher.verified() - hashed, statements.said())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_nobody_has_costs_the_same_hashes_questions_and_commits_as_a_wrong_secret() {
    let rig = Rig::on_postgres().await;
    let (_, code) = enrolled(&rig, 1, 0).await;
    let cases = [
        (Door::Code, "0000-0000-0000", code.as_str()),
        (Door::Code, "no code at all", "no code at all"),
        (Door::Password, "wrong enough words", PASSWORD),
    ];
    for (door, guess, right) in cases {
        // What is made at the first use is made.
        cost(&rig, door, "somebody.else", guess).await;
        let hers = cost(&rig, door, &name(0), guess).await;
        let (hashes, statements) = &hers;
        assert_eq!(*hashes, u64::from(door == Door::Password), "{door:?}");
        let commits = statements.iter().filter(|it| it.to_lowercase().starts_with("commit")).count();
        assert!(commits > 0 && statements.len() > commits, "they were heard: {statements:?}");
        for secret in [guess, right] {
            assert_eq!(cost(&rig, door, "nobody.at.all", secret).await, hers, "{door:?}");
        }
    }
    assert!(rig.standing(0).await.is_active());
}
