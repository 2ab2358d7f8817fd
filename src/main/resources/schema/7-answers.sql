-- Which messages answer which. As an index of the messages it would hold all those that answer none as well, which made
-- storing a message in the embedded database a quarter dearer.
create table answers (
    room_id varchar(32) not null,
    reply_to bigint not null,
    seq bigint not null,
    primary key (room_id, reply_to, seq),
    foreign key (room_id, seq) references messages (room_id, seq)
);

insert into answers (room_id, reply_to, seq)
    select room_id, reply_to, seq from messages where reply_to is not null;

drop index messages_by_reply;
