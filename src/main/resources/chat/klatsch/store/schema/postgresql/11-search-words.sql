-- The application now computes the indexed words. What the database has computed remains until it is replaced.
alter table messages alter column words drop expression if exists;

-- Finds the messages to fill without reading the others.
create index if not exists messages_without_search_text on messages (posted_at, room_id, seq) where search_text is null;

-- A node of an older version changes the text alone, during an upgrade. Its message is then filled again.
create or replace function clear_search_text() returns trigger language plpgsql as
    'begin new.search_text = null; new.words = null; return new; end';

drop trigger if exists messages_clear_search_text on messages;

create trigger messages_clear_search_text before update of body on messages
    for each row when (new.body is distinct from old.body) execute function clear_search_text();
