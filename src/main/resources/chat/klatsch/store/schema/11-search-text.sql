-- The text in which messages are searched, written by the application with each message. It is null in messages of older
-- versions until a running server has filled it. This script can be repeated, because H2 keeps what it did before an
-- interruption.
alter table messages add column if not exists search_text varchar;
