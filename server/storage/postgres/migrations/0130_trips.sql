-- The trips to MitID that a browser began while nobody was known: how many of them are open is bounded.
create index flows_in on flows (browser) where person is null;
