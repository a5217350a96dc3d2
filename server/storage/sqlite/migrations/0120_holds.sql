-- One operator's voice for lifting a hold; a second, other one lifts it.
create table hold_lifts (
    hold blob primary key references holds (id) on delete cascade,
    asked_by text not null,
    asked_at integer not null
) strict;

-- Until when a person's proofs count no more, after HR named another number than the one she proved.
alter table persons add column proofs_void_at integer;
