-- The indexes and columns that databases lack whose migrations 2, 6, 7 or 9 ran before they were edited.
create index if not exists mentions_of_message on mentions (room_id, seq);

create index if not exists messages_by_time on messages (posted_at, room_id, seq);

create index if not exists answers_by_reply on answers (room_id, reply_to, seq);

create table if not exists name_changes (version bigint not null);

alter table users add column if not exists name_version bigint default 0 not null;

insert into name_changes (version)
    select coalesce(max(name_version), 0) from users having not exists (select 1 from name_changes);

create index if not exists users_by_name_version on users (name_version);
