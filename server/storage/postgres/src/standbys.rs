//! Where there are standbys, one has to be synchronous: what a fail-over goes to must know of each block (security decision 6).

use sqlx::PgPool;

/// Tells in the log where there are standbys and none has to have what is committed. It refuses nothing: a copy of the log that
/// is only kept looks like a standby, and what is recorded outside ends what a fail-over would revive (security decision 7).
pub(crate) async fn look(pool: &PgPool) {
    // Whoever may not see what a connection does sees at least what is held back for standbys.
    let seen = sqlx::query!(
        r#"select current_setting('synchronous_commit') as "waits!",
                  current_setting('synchronous_standby_names') as "names!",
                  (exists (select 1 from pg_replication_slots where slot_type = 'physical' and not temporary)
                   or exists (select 1 from pg_stat_replication as sender
                              where sender.state = 'streaming' and sender.application_name <> 'pg_basebackup'
                              and not exists (select 1 from pg_replication_slots as slot
                                              where slot.active_pid = sender.pid and slot.slot_type = 'logical')))
                  as "standbys!""#
    );
    let seen = match seen.fetch_one(pool).await {
        Ok(seen) => seen,
        Err(error) => {
            tracing::warn!(%error, "whether there are standbys, and a commit waits for one, could not be seen");
            return;
        }
    };
    if may_lag(seen.standbys, &seen.waits, &seen.names) {
        tracing::warn!(
            synchronous_commit = seen.waits.as_str(),
            synchronous_standby_names = seen.names.as_str(),
            "there are standbys, and no commit waits for one: a fail-over may lose what was blocked last; name a standby \
             in synchronous_standby_names, and set synchronous_commit to on"
        );
    }
}

/// Whether a standby may lack what was committed.
fn may_lag(standbys: bool, waits: &str, names: &str) -> bool {
    standbys && (names.trim().is_empty() || waits == "local")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standbys_may_lag_unless_a_commit_waits_for_one_that_is_named() {
        assert!(may_lag(true, "on", ""));
        assert!(may_lag(true, "on", " "));
        assert!(may_lag(true, "local", "ANY 1 (*)"), "the names are there, and nobody waits");
        for waits in ["on", "remote_apply", "remote_write"] {
            assert!(!may_lag(true, waits, "ANY 1 (*)"), "{waits}");
            assert!(!may_lag(false, waits, ""), "alone: {waits}");
        }
    }
}
