-- Users whom the application around the chat knows: its id for them, the digest of what it said about them last, and the
-- session that all their browsers share where it recognises them in each request. This script can be repeated.
alter table users add column if not exists host_id varchar(200);
alter table users add column if not exists host_state char(64);
alter table users add column if not exists host_session char(64);
create unique index if not exists users_by_host_id on users (host_id);
