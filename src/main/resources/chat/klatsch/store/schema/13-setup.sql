-- The SHA-256 of the codes with which the first account may be created, one for each node.
create table if not exists setup_codes (
    id char(64) primary key,
    created_at timestamp with time zone not null
);
