-- When HR changed her name the last time: from then on she confirms anew with MitID.
alter table persons add column renamed_at bigint;

-- When it was known of a proof that it runs out: its owner was told, or there was nobody to tell.
alter table proofings add column running_out_at bigint;
create index proofings_running_out on proofings (at) where running_out_at is null;
