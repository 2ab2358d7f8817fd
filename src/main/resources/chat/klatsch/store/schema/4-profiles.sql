alter table users add column about varchar(500) default '' not null;

alter table users add column time_zone varchar(64) default 'UTC' not null;

create table pictures (
    user_id bigint primary key references users (id),
    jpeg bytea not null,
    hash char(64) not null
);
