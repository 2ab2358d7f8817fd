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
