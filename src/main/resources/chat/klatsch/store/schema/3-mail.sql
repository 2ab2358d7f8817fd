alter table users add column email_verified_at timestamp with time zone;

-- The row of a deleted account remains as the author of its messages.
alter table users add column deleted_at timestamp with time zone;

create table one_time_tokens (
    id char(64) primary key,
    purpose varchar(16) not null,
    user_id bigint not null references users (id),
    email_key varchar(254) not null,
    expires_at timestamp with time zone not null
);

create index one_time_tokens_of_user on one_time_tokens (user_id);
