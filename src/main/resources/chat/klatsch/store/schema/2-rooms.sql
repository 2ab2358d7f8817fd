alter table rooms alter column name set data type varchar(128);
alter table rooms add column owner_id bigint references users (id);
alter table rooms add column open_name varchar(200) unique;
alter table rooms add column pair varchar(50) unique;
alter table rooms add column verified_only boolean default false not null;
alter table rooms add column invitation varchar(32) unique;
alter table rooms add column invited_until timestamp with time zone;
alter table rooms add column last_version bigint default 0 not null;
alter table rooms add column last_author_id bigint;
alter table rooms add column last_posted_at timestamp with time zone;
update rooms set last_version = last_seq, open_name = 'lobby' where id = 'lobby';
update rooms set
    last_author_id = (select author_id from messages where room_id = 'lobby' and seq = rooms.last_seq),
    last_posted_at = (select posted_at from messages where room_id = 'lobby' and seq = rooms.last_seq);

create table members (
    user_id bigint not null references users (id),
    room_id varchar(32) not null references rooms (id),
    joined_at timestamp with time zone not null,
    read_seq bigint default 0 not null,
    primary key (user_id, room_id)
);

create index members_of_room on members (room_id, user_id);

insert into members (user_id, room_id, joined_at, read_seq)
    select u.id, r.id, u.created_at, r.last_seq from users u cross join rooms r where r.id = 'lobby';

alter table messages add column posted_version bigint;
alter table messages add column version bigint;
alter table messages add column edited_at timestamp with time zone;
alter table messages add column deleted_at timestamp with time zone;
alter table messages add column reply_to bigint;
update messages set posted_version = seq, version = seq;
alter table messages alter column posted_version set not null;
alter table messages alter column version set not null;

create unique index messages_by_version on messages (room_id, version);
create index messages_by_reply on messages (room_id, reply_to);

create table reactions (
    room_id varchar(32) not null,
    seq bigint not null,
    emoji varchar(16) not null,
    user_id bigint not null references users (id),
    reacted_at timestamp with time zone not null,
    primary key (room_id, seq, emoji, user_id),
    foreign key (room_id, seq) references messages (room_id, seq)
);

create table mentions (
    user_id bigint not null references users (id),
    room_id varchar(32) not null,
    seq bigint not null,
    primary key (user_id, room_id, seq),
    foreign key (room_id, seq) references messages (room_id, seq)
);

-- PostgreSQL needs this index for the foreign key; H2 would create its own.
create index mentions_of_message on mentions (room_id, seq);
