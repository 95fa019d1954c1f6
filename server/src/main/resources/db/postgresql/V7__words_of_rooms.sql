TRUNCATE message_words;
ALTER TABLE message_words ADD COLUMN room BIGINT NOT NULL;
CREATE INDEX message_words_room ON message_words (room, number);
