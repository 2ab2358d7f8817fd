-- Which messages answer which. An index of the messages would hold all those that answer none as well, which made storing
-- a message in the embedded database a quarter dearer. May be run again: H2 keeps what was done before an interruption.
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
