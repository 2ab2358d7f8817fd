-- Whether a user sees times with 12 or 24 hours, or as their language has it. This script can be repeated.
alter table users add column if not exists hour_cycle varchar(8) default 'auto' not null;
