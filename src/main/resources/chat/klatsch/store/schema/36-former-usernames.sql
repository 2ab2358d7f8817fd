-- The username that a user had before the application around the chat gave the present one. This script can be repeated.
alter table users add column if not exists former_username varchar(32);
