-- Why a member is muted, and who created a room's invitation link. This script can be repeated, because H2 keeps what it did
-- before an interruption.
alter table mutes add column if not exists reason varchar(200) default '' not null;

alter table rooms add column if not exists inviter_id bigint references users (id);
