CREATE TABLE memory_words (
  number BIGINT PRIMARY KEY,
  words  TSVECTOR NOT NULL
);
CREATE INDEX memory_words_words ON memory_words USING GIN (words);
