-- The text in a user's composer. A row without text still names the messages sent last, so that a late save of one of them
-- does not bring its text back. This script can be repeated, because H2 keeps what it did before an interruption.
create table if not exists drafts (
    user_id bigint not null,
    room_id varchar(32) not null,
    composer varchar(100) not null,
    saved_at bigint not null,
    body varchar not null,
    reply_to bigint,
    sent varchar(255) default ' ' not null,
    primary key (user_id, room_id),
    foreign key (user_id, room_id) references members (user_id, room_id) on delete cascade
);
