-- What programs around the chat need: the versions at which a message's text and its reactions changed last, a key by
-- which a program finds its room again, who came to which room and left it, and how far the program's subscriptions have
-- got. This script can be repeated, because H2 keeps what it did before an interruption.
alter table messages add column if not exists text_version bigint;
alter table messages add column if not exists reaction_version bigint;

alter table rooms add column if not exists program_key varchar(200);
create unique index if not exists rooms_by_program_key on rooms (program_key);

create table if not exists member_changes (
    version bigint primary key,
    room_id varchar(32) not null references rooms (id),
    user_id bigint not null references users (id),
    joined boolean not null,
    happened_at timestamp with time zone not null
);

create index if not exists member_changes_of_room on member_changes (room_id);
create index if not exists member_changes_of_user on member_changes (user_id);

-- Numbers the changes of members. Its row is locked until the commit, so numbers become visible in order.
create table if not exists member_change_counter (version bigint not null);

insert into member_change_counter (version)
    select coalesce(max(version), 0) from member_changes
    having not exists (select 1 from member_change_counter);

-- The room is empty if a subscription is to all rooms. The lease is that of the node that delivers.
create table if not exists subscriptions (
    name varchar(100) primary key,
    only_room varchar(32) default '' not null,
    holder varchar(32) default '' not null,
    lease_until timestamp with time zone not null,
    member_version bigint not null
);

create table if not exists subscription_positions (
    name varchar(100) not null references subscriptions (name),
    room_id varchar(32) not null references rooms (id),
    told_version bigint not null,
    read_version bigint not null,
    seq bigint not null,
    primary key (name, room_id)
);

create index if not exists subscription_positions_of_room on subscription_positions (room_id);
