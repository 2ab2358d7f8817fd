-- The deleted messages, so that unread counts subtract them without reading messages. This script can be repeated.
create table if not exists deletions (
    room_id varchar(32) not null,
    seq bigint not null,
    author_id bigint not null,
    primary key (room_id, seq),
    foreign key (room_id, seq) references messages (room_id, seq)
);

delete from deletions;

insert into deletions (room_id, seq, author_id)
    select room_id, seq, author_id from messages where deleted_at is not null;

-- Numbers the changes of names. Its row is locked until the commit, so numbers become visible in order.
create table if not exists name_changes (version bigint not null);

delete from name_changes;

alter table users add column if not exists name_version bigint default 0 not null;

insert into name_changes (version) select coalesce(max(name_version), 0) from users;

create index if not exists users_by_name_version on users (name_version);
