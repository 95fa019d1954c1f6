-- How a message of a person reads: 0 to 1,000, or NULL if nobody looked; and what it expresses.
ALTER TABLE messages ADD COLUMN emotion BIGINT CHECK (emotion BETWEEN 0 AND 1000);
ALTER TABLE messages ADD COLUMN emotions TEXT NOT NULL DEFAULT '';

-- Of each person in each conversation: how many messages have a score, the sum of the scores, how
-- many are below 400 and above 600. Written with the messages, so never behind them.
CREATE TABLE emotion_tallies (
  conversation TEXT NOT NULL REFERENCES conversations (id),
  person       TEXT NOT NULL REFERENCES actors (id),
  scored       BIGINT NOT NULL,
  total        BIGINT NOT NULL,
  negative     BIGINT NOT NULL,
  positive     BIGINT NOT NULL,
  PRIMARY KEY (conversation, person),
  CHECK (negative >= 0 AND positive >= 0 AND negative + positive <= scored),
  CHECK (total BETWEEN 0 AND 1000 * scored)
) ${clustered};
CREATE INDEX emotion_tallies_person ON emotion_tallies (person, conversation);

-- Somebody is unhappy, and somebody else should look after them.
CREATE TABLE escalations (
  id           TEXT PRIMARY KEY,
  conversation TEXT NOT NULL REFERENCES conversations (id),
  person       TEXT NOT NULL REFERENCES actors (id),
  message      TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  reason       TEXT NOT NULL CHECK (reason IN ('low', 'decline')),
  opened_at    BIGINT NOT NULL,
  assignee     TEXT REFERENCES accounts (id),
  closed_at    BIGINT,
  closed_by    TEXT REFERENCES actors (id)
);
CREATE UNIQUE INDEX escalations_open ON escalations (conversation, person)
  WHERE closed_at IS NULL;
CREATE INDEX escalations_queue ON escalations (id) WHERE closed_at IS NULL;
CREATE INDEX escalations_past ON escalations (conversation, person, closed_at);
CREATE INDEX escalations_person ON escalations (person);
CREATE INDEX escalations_assignee ON escalations (assignee) WHERE assignee IS NOT NULL;

-- Those who are told of it.
CREATE INDEX accounts_office ON accounts (role) WHERE role <> 'member';
