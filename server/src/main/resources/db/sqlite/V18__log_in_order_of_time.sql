-- The log lies in the order of time, with an index by conversation. Clustered by conversation every
-- post put its row into the middle of the table, where pages are full soon and are split: 4.8 writes
-- to the log of pages for each post, in place of 3.5 (bench/RESULTS.md).
CREATE TABLE log_anew (
  conversation TEXT NOT NULL REFERENCES conversations (id),
  seq          BIGINT NOT NULL CHECK (seq > 0),
  type         TEXT NOT NULL,
  at           BIGINT NOT NULL,
  messages     BIGINT NOT NULL,
  message      TEXT,
  actor        TEXT NOT NULL,
  call         TEXT NOT NULL,
  body         TEXT NOT NULL,
  PRIMARY KEY (conversation, seq)
);
INSERT INTO log_anew (conversation, seq, type, at, messages, message, actor, call, body)
SELECT conversation, seq, type, at, messages, message, actor, call, body FROM log;
DROP TABLE log;
ALTER TABLE log_anew RENAME TO log;

CREATE INDEX log_message ON log (message, seq) WHERE message IS NOT NULL;
CREATE INDEX log_actor ON log (actor) WHERE message IS NULL;
CREATE INDEX log_revised ON log (conversation, seq)
  WHERE type IN ('message.edited', 'message.deleted');
