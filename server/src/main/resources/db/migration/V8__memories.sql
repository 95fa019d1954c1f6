-- What personas remember. A statement is never rewritten: it is superseded by another one, or
-- forgotten, which empties it and leaves a row by which its messages are known not to teach it again.
-- Times without an end are 9223372036854775807. A lineage is a statement with all its corrections.
CREATE TABLE memories (
  number        ${number},
  id            TEXT NOT NULL UNIQUE,
  lineage       TEXT NOT NULL,
  persona       TEXT NOT NULL REFERENCES personas (id),
  fingerprint   TEXT NOT NULL,
  text          TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('fact', 'preference', 'event', 'note')),
  topic         TEXT,
  importance    DOUBLE PRECISION NOT NULL CHECK (importance BETWEEN 0 AND 1),
  about         TEXT REFERENCES actors (id),
  said_by       TEXT REFERENCES actors (id),
  conversation  TEXT REFERENCES conversations (id),
  scope         TEXT NOT NULL,
  sources       TEXT NOT NULL,
  call          TEXT NOT NULL,
  learnt_at     BIGINT NOT NULL,
  valid_from    BIGINT NOT NULL,
  valid_until   BIGINT NOT NULL,
  superseded_at BIGINT NOT NULL DEFAULT 9223372036854775807,
  superseded_by TEXT,
  forgotten_at  BIGINT,
  uses          BIGINT NOT NULL DEFAULT 0,
  last_used_at  BIGINT NOT NULL DEFAULT 0,
  embedding     TEXT,
  vector        ${bytes},
  CHECK (valid_from <= valid_until),
  CHECK ((embedding IS NULL) = (vector IS NULL)),
  CHECK (forgotten_at IS NULL
    OR (text = '' AND vector IS NULL AND about IS NULL AND said_by IS NULL AND topic IS NULL))
);
CREATE INDEX memories_persona ON memories (persona, number) WHERE forgotten_at IS NULL;
CREATE INDEX memories_lineage ON memories (lineage);
CREATE INDEX memories_about ON memories (about, number) WHERE about IS NOT NULL;
CREATE INDEX memories_said_by ON memories (said_by, number) WHERE said_by IS NOT NULL;
CREATE INDEX memories_unembedded ON memories (number)
  WHERE vector IS NULL AND forgotten_at IS NULL;

-- Nothing is believed twice, and of what can only be one (a name, a home) one at a time.
CREATE UNIQUE INDEX memories_known ON memories (persona, fingerprint)
  WHERE superseded_at = 9223372036854775807 AND valid_until = 9223372036854775807;
CREATE UNIQUE INDEX memories_topic ON memories (persona, about, topic)
  WHERE topic IS NOT NULL AND superseded_at = 9223372036854775807
    AND valid_until = 9223372036854775807;

-- Which messages a statement comes from.
CREATE TABLE memory_sources (
  message TEXT NOT NULL,
  memory  TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE,
  PRIMARY KEY (message, memory)
);
CREATE INDEX memory_sources_memory ON memory_sources (memory);

-- Where a persona learnt anything: a conversation, an account that told it something, or '' for all.
CREATE TABLE memory_scopes (
  scope   TEXT NOT NULL,
  persona TEXT NOT NULL REFERENCES personas (id),
  PRIMARY KEY (scope, persona)
);
