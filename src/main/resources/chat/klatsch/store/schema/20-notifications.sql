-- What each member wants to be told of a room, and whether it is on top of the list. This script can be repeated, because H2
-- keeps what it did before an interruption.
alter table members add column if not exists notifications varchar(16) default 'all' not null;

alter table members add column if not exists starred boolean default false not null;
