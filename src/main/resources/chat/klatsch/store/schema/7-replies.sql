-- The messages that are replies. An index on messages would also contain all others, which made storing a message in H2
-- a quarter more expensive. This script can be repeated, because H2 keeps what it did before an interruption.
create table if not exists answers (
    room_id varchar(32) not null,
    seq bigint not null,
    reply_to bigint not null,
    primary key (room_id, seq),
    foreign key (room_id, seq) references messages (room_id, seq)
);

create index if not exists answers_by_reply on answers (room_id, reply_to, seq);

delete from answers;

insert into answers (room_id, seq, reply_to)
    select room_id, seq, reply_to from messages where reply_to is not null;

drop index if exists messages_by_reply;
