-- What this database was made for. One row, once.
create table stamp (
    one integer primary key not null check (one = 1),
    word text not null
) strict;
create trigger stamp_stays before update on stamp
begin
    select raise(abort, 'a database is stamped once');
end;
create trigger stamp_lasts before delete on stamp
begin
    select raise(abort, 'a database is stamped once');
end;
