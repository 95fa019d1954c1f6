-- What became of the questions that personas were asked, and what each reply was made of.
CREATE TABLE replies (
  question TEXT NOT NULL,
  persona  TEXT NOT NULL REFERENCES personas (id),
  asker    TEXT NOT NULL REFERENCES actors (id),
  turn     BIGINT NOT NULL CHECK (turn >= 0),
  outcome  TEXT NOT NULL CHECK (outcome IN ('answered', 'failed', 'cancelled')),
  error    TEXT,
  model    TEXT,
  tokens   BIGINT NOT NULL,
  context  TEXT NOT NULL,
  at       BIGINT NOT NULL,
  PRIMARY KEY (question, persona)
) ${clustered};

-- What a persona made of a conversation's messages up to a seq.
CREATE TABLE summaries (
  conversation TEXT NOT NULL REFERENCES conversations (id),
  persona      TEXT NOT NULL REFERENCES personas (id),
  upto         BIGINT NOT NULL,
  content      TEXT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (conversation, persona, upto)
) ${clustered};

-- What else a persona answers in a room than what mentions it.
CREATE TABLE listening (
  conversation TEXT NOT NULL REFERENCES conversations (id),
  persona      TEXT NOT NULL REFERENCES personas (id),
  answers      TEXT NOT NULL CHECK (answers IN ('always', 'interested')),
  PRIMARY KEY (conversation, persona)
) ${clustered};
