-- Words as they are written, of no language, in small letters. What separates them for people separates them here, too:
-- the parser would else take example.com or a/b for one word. The start is enough of texts that go beyond its bounds.
alter table messages add column words tsvector generated always as (
    to_tsvector('simple', translate(left(body, 20000),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~ “”„‘’‚«»‹›–—…、。！？・「」', repeat(' ', 60)))
) stored;

create index messages_by_words on messages using gin (words);

