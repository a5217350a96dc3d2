//! The arrows between the rooms (docs/architecture.md): read from the workspace itself, so a new arrow is a decision.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// What each room may know, besides libraries. Tests may know more.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &["domain"]),
    ("islands", &["domain"]),
    ("app", &["domain", "islands", "text"]),
    ("frontend", &["islands"]),
    ("bundle", &[]),
    ("usecases", &["domain"]),
    ("audit", &["domain", "usecases"]),
    ("directory", &["domain", "usecases"]),
    ("http_edge", &["app", "domain", "text", "usecases"]),
    ("keys", &["domain", "usecases"]),
    ("mitid", &["domain", "usecases"]),
    ("outbox", &["domain", "text", "usecases"]),
    ("saml", &["domain", "usecases"]),
    ("seeds", &["domain"]),
    ("simulator", &["domain", "text", "usecases"]),
    ("storage_postgres", &["domain", "usecases"]),
    ("storage_sqlite", &["domain", "usecases"]),
    // For tests alone: nothing that runs depends on these two.
    ("storage_contract", &["domain", "testkit", "usecases"]),
    ("testkit", &["domain", "storage_postgres", "storage_sqlite", "usecases"]),
    (
        "server",
        &[
            "app",
            "audit",
            "directory",
            "domain",
            "http_edge",
            "keys",
            "mitid",
            "outbox",
            "saml",
            "seeds",
            "simulator",
            "storage_postgres",
            "storage_sqlite",
            "text",
            "usecases",
        ],
    ),
];

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn drawn() -> Arrows {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let members: BTreeSet<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let arrows = metadata.packages.iter().map(|package| {
        let known = package.dependencies.iter().filter(|it| it.kind == DependencyKind::Normal);
        (
            package.name.to_string(),
            known.map(|it| it.name.clone()).filter(|name| members.contains(name)).collect(),
        )
    });
    arrows.collect()
}

fn forbidden(arrows: &Arrows) -> Vec<String> {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(room, known)| (*room, known.iter().copied().collect())).collect();
    let mut found = Vec::new();
    for (room, known) in arrows {
        match allowed.get(room.as_str()) {
            None => found.push(format!("{room} is no room of the house")),
            Some(allowed) => {
                found.extend(
                    known
                        .iter()
                        .filter(|it| !allowed.contains(it.as_str()))
                        .map(|it| format!("{room} → {it}")),
                );
            }
        }
    }
    found
}

#[test]
fn no_room_knows_what_it_must_not() {
    assert_eq!(forbidden(&drawn()), Vec::<String>::new());
}

#[test]
fn a_forbidden_arrow_is_found() {
    let mut arrows = drawn();
    arrows.get_mut("domain").unwrap().insert("usecases".to_owned());
    arrows.get_mut("saml").unwrap().insert("storage_sqlite".to_owned());
    assert_eq!(forbidden(&arrows), ["domain → usecases", "saml → storage_sqlite"]);
}

#[test]
fn only_storage_knows_sql_and_only_the_edge_and_the_pages_know_axum() {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let who = |library: &str| {
        let knows = |package: &&cargo_metadata::Package| {
            package.dependencies.iter().any(|it| it.name == library && it.kind == DependencyKind::Normal)
        };
        metadata
            .packages
            .iter()
            .filter(knows)
            .map(|package| package.name.to_string())
            .collect::<BTreeSet<_>>()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    assert!(who("sqlx").is_subset(&set(&[
        "storage_postgres",
        "storage_sqlite",
        "testkit",
        "storage_contract"
    ])));
    // The simulator stands for a foreign provider; the programme only hands the router to the listener.
    assert!(who("axum").is_subset(&set(&["app", "http_edge", "server", "simulator"])));
}
