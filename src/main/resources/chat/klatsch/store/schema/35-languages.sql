-- The language that a user has chosen, as a tag such as de; empty for the browser's. This script can be repeated.
alter table users add column if not exists language varchar(35) default '' not null;
