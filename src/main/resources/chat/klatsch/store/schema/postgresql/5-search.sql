-- Indexes lower-case words without stemming. Punctuation becomes spaces, because the parser would otherwise take
-- example.com or a/b for one word. Only the first 20000 characters are indexed, within the limits of tsvector.
alter table messages add column words tsvector generated always as (
    to_tsvector('simple', translate(left(body, 20000),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~ “”„‘’‚«»‹›–—…、。！？・「」', repeat(' ', 60)))
) stored;

create index messages_by_words on messages using gin (words);

