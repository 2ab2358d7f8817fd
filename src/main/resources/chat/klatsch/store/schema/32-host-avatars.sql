-- The digest of the version of the avatar that the application around the chat gave a user last. This script can be repeated.
alter table users add column if not exists host_avatar char(64);
