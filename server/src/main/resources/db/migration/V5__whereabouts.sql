-- Wherever an actor has ever been a member: there its name may stand, and only there its messages.
-- Written once for each membership, in place of two indexes that every post had to write.
CREATE TABLE whereabouts (
  actor        TEXT NOT NULL REFERENCES actors (id),
  conversation TEXT NOT NULL REFERENCES conversations (id),
  PRIMARY KEY (actor, conversation)
);

INSERT INTO whereabouts (actor, conversation)
SELECT actor, conversation FROM members
UNION SELECT sender, conversation FROM messages
UNION SELECT l.actor, l.conversation FROM log l JOIN actors n ON n.id = l.actor;

DROP INDEX messages_sender;
DROP INDEX log_actor;

-- Acts of those who need not be members, such as an administrator's.
CREATE INDEX log_actor ON log (actor) WHERE message IS NULL;

-- What the search index has to look at again.
CREATE INDEX log_revised ON log (conversation, seq)
  WHERE type IN ('message.edited', 'message.deleted');
