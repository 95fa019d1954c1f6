-- Row numbers are (number of the message << 24) | number of the conversation.
DELETE FROM message_words;
