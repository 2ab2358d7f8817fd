-- Whether the actor acted as an operator, so that the deeds of room owners do not hide those of operators. This script can be
-- repeated, because H2 keeps what it did before an interruption.
alter table audit add column if not exists by_operator boolean default true not null;

update audit set by_operator = false
    where action in ('MUTED', 'UNMUTED', 'MESSAGE_DELETED')
    and actor_id in (select id from users where not operator);

create index if not exists audit_by_role on audit (by_operator, id);
