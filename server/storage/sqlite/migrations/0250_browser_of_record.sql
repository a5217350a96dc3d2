-- Whose record it is: who is signed in there is found together with it.
alter table browser_sessions add column browser blob;
