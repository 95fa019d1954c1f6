CREATE TABLE message_words (
  number BIGINT PRIMARY KEY,
  words  TSVECTOR NOT NULL
);
CREATE INDEX message_words_words ON message_words USING GIN (words);
