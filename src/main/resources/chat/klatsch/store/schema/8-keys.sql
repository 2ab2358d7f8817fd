-- The requests that have been carried out, so that one that arrives twice gets the same answer. Rows are kept for a day.
create table if not exists idempotency_keys (
    digest char(64) primary key,
    answer text not null,
    recorded_at timestamp with time zone not null
);

create index if not exists idempotency_keys_by_time on idempotency_keys (recorded_at);
