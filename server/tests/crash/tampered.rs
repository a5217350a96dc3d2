//! What the programme says of a trail that the owner of a PostgreSQL database tampered with: the row, and exit code 3. Of a file
//! `command_line.rs` tells; here are installations on PostgreSQL.

use crate::fresh_postgres;
use crate::house::{House, all_said};

/// The row in the fourth place.
const AT_FOUR: &str = "id = (select event from audit_chain where place = 4)";

/// Once this was done the trail does not verify, for this reason; then it is put back as it was.
fn is_told(house: &House, does: &str, says: &str, undoes: &str) {
    house.ask(does);
    let found = house.command(&["audit", "verify"]).output().unwrap();
    assert_eq!(found.status.code(), Some(3), "{does}: {}", all_said(&found));
    assert!(all_said(&found).contains(&format!("TAMPERED: {says}")), "{does}: {}", all_said(&found));
    house.ask(undoes);
}

#[test]
fn whoever_verifies_a_trail_on_postgres_that_was_tampered_with_is_told_the_row_and_the_command_fails() {
    let house = House::bare(Some(fresh_postgres("tampered")));
    house.settle();
    let event = |place: u32| house.ask(&format!("select event from audit_chain where place = {place}"));
    let (third, fourth) = (event(3), event(4));
    for guard in ["audit_events_stay", "audit_events_last"] {
        house.ask(&format!("drop trigger {guard} on audit_events"));
    }
    let changes = format!("update audit_events set facts = facts || ' ' where {AT_FOUR}");
    let unchanges = format!("update audit_events set facts = trim(facts) where {AT_FOUR}");
    is_told(&house, &changes, &format!("row {fourth} at place 4 was changed"), &unchanges);
    let swaps = format!(
        "create table two as select * from audit_events where id in ('{third}', '{fourth}');
        update audit_events set (at, kind, actor, subject, request, facts, personal, mac) =
            (select at, kind, actor, subject, request, facts, personal, mac from two where two.id <> audit_events.id)
        where id in ('{third}', '{fourth}'); drop table two;"
    );
    is_told(&house, &swaps, &format!("row {third} at place 3 was changed"), &swaps);
    let id = "00000000-0000-7000-8000-000000000001";
    let adds = format!(
        "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac)
        select '{id}', format, at, kind, actor, subject, request, facts, personal, mac
        from audit_events where {AT_FOUR}"
    );
    let takes_away = format!(
        "delete from audit_events where id = '{id}';
        delete from audit_waiting w where not exists (select 1 from audit_events e where e.number = w.number);"
    );
    is_told(&house, &adds, &format!("row {id} was added"), &takes_away);
    let whole = house.done(&["audit", "verify"]);
    assert!(whole.contains(" rows follow the chain, "), "put back as it was: {whole}");
    let deletes = format!("delete from audit_events where {AT_FOUR}");
    is_told(&house, &deletes, "the row at place 4 was removed", "select 1");
    let told = "select count(*) from audit_events where kind = 'trail.verified' and facts like '%tampered%'";
    assert_eq!(house.ask(told), "4", "each is an event");
}
