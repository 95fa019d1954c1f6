-- Contentless: the index keeps words, never the text, so an erased message leaves nothing to read.
CREATE VIRTUAL TABLE message_words USING fts5 (
  content,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2'
);
