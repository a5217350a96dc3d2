-- What this database was made for. One row, once.
create table stamp (
    one integer primary key check (one = 1),
    word text not null
);
create trigger stamp_stays before update or delete on stamp
    for each row execute function refuse('a database is stamped once');
create trigger stamp_lasts before truncate on stamp
    for each statement execute function refuse('a database is stamped once');
alter table stamp enable always trigger stamp_stays;
alter table stamp enable always trigger stamp_lasts;
