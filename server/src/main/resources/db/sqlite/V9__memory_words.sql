-- Stems of the words, and who may look: secure-delete takes a forgotten word out of the index, too.
CREATE VIRTUAL TABLE memory_words USING fts5 (
  words,
  tags,
  detail = 'column',
  tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);
