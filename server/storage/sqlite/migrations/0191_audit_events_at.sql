-- An export finds its places, and what waits for one, by time.
create index audit_events_at on audit_events (at);
