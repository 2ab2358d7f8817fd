-- How often a member has marked messages as unread. A page that was opened before the last time no longer marks messages as
-- read. This script can be repeated, because H2 keeps what it did before an interruption.
alter table members add column if not exists resets bigint default 0 not null;
