-- The users whom owners have invited by name, until they join. A declined invitation keeps others away for a while. This
-- script can be repeated, because H2 keeps what it did before an interruption.
create table if not exists invitations (
    room_id varchar(32) not null references rooms (id),
    user_id bigint not null references users (id),
    inviter_id bigint not null references users (id),
    invited_at timestamp with time zone not null,
    declined_at timestamp with time zone,
    primary key (room_id, user_id)
);

create index if not exists invitations_of_user on invitations (user_id);

create index if not exists invitations_by_inviter on invitations (inviter_id);

-- The members whom owners have removed. They join again by an invitation in their name only.
create table if not exists removals (
    room_id varchar(32) not null references rooms (id),
    user_id bigint not null references users (id),
    primary key (room_id, user_id)
);

create index if not exists removals_of_user on removals (user_id);
