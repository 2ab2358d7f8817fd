-- Whether a user may have open forms in a room, so that a post looks for one of its key only then. Set under the lock of the
-- row. This script can be repeated, because H2 keeps what it did before an interruption.
alter table drafts add column if not exists has_forms boolean default false not null;

update drafts set has_forms = true where exists (
    select 1 from open_forms f where f.user_id = drafts.user_id and f.room_id = drafts.room_id
);
