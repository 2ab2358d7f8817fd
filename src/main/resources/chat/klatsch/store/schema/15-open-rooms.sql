-- The number of members of each group, by which open rooms are listed. This script can be repeated, because H2 keeps what it
-- did before an interruption.
alter table rooms add column if not exists member_count int default 0 not null;

update rooms set member_count = (select count(*) from members m where m.room_id = rooms.id) where kind in ('open', 'closed');

create index if not exists rooms_by_size on rooms (kind, member_count desc, open_name);
