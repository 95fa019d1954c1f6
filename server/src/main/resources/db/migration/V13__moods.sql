-- Who said what a persona was asked: the person on whose behalf it answers, or another persona.
ALTER TABLE replies ADD COLUMN speaker TEXT REFERENCES actors (id);
UPDATE replies SET speaker = (SELECT sender FROM messages WHERE messages.id = replies.question);

-- How personas feel is worked out from what they answered: lately to all, to one person, and to
-- another persona.
CREATE INDEX replies_lately ON replies (persona, outcome, at, speaker, question);
CREATE INDEX replies_asker ON replies (asker, persona, outcome, at, speaker, question);
CREATE INDEX replies_among ON replies (persona, speaker, outcome, at, question)
  WHERE speaker <> asker;
