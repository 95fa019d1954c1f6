-- One text for SQLite and PostgreSQL; times are milliseconds since 1970, ids are opaque texts.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Whoever can speak, be a member, react: an account or a persona.
CREATE TABLE actors (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('account', 'persona')),
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL UNIQUE,
  display_name TEXT
);

CREATE TABLE accounts (
  id          TEXT PRIMARY KEY REFERENCES actors (id),
  role        TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
  password    TEXT,
  issuer      TEXT,
  subject     TEXT,
  created_at  BIGINT NOT NULL,
  disabled_at BIGINT,
  deleted_at  BIGINT,
  UNIQUE (issuer, subject),
  CHECK ((issuer IS NULL) = (subject IS NULL))
);
CREATE INDEX accounts_owner ON accounts (role) WHERE role = 'owner';

CREATE TABLE personas (
  id          TEXT PRIMARY KEY REFERENCES actors (id),
  brain       TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at  BIGINT NOT NULL
);

CREATE TABLE sessions (
  id         TEXT PRIMARY KEY,
  account    TEXT NOT NULL REFERENCES accounts (id),
  kind       TEXT NOT NULL CHECK (kind IN ('session', 'api_key')),
  token_hash TEXT NOT NULL UNIQUE,
  label      TEXT,
  scopes     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  CHECK (kind = 'api_key' OR expires_at IS NOT NULL)
);
CREATE INDEX sessions_account ON sessions (account, kind, id);
CREATE INDEX sessions_expiry ON sessions (expires_at) WHERE expires_at IS NOT NULL;

-- What a secret handed to somebody allows once: to be the owner, to join, to set a new password.
CREATE TABLE invitations (
  id         TEXT PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('owner', 'join', 'reset')),
  code_hash  TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
  account    TEXT REFERENCES accounts (id),
  created_by TEXT REFERENCES accounts (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  uses_left  BIGINT NOT NULL CHECK (uses_left >= 0),
  CHECK ((purpose = 'reset') = (account IS NOT NULL))
);
CREATE INDEX invitations_purpose ON invitations (purpose, id);
CREATE INDEX invitations_expiry ON invitations (expires_at);

CREATE TABLE projects (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  created_by  TEXT NOT NULL REFERENCES actors (id),
  created_at  BIGINT NOT NULL
);

CREATE TABLE conversations (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('room', 'direct')),
  title       TEXT,
  topic       TEXT,
  visibility  TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
  project     TEXT REFERENCES projects (id),
  pair        TEXT UNIQUE,
  created_by  TEXT NOT NULL REFERENCES actors (id),
  created_at  BIGINT NOT NULL,
  archived_at BIGINT,
  last_seq    BIGINT NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
  messages    BIGINT NOT NULL DEFAULT 0 CHECK (messages >= 0),
  members     BIGINT NOT NULL DEFAULT 0 CHECK (members >= 0),
  indexed_seq BIGINT NOT NULL DEFAULT 0,
  CHECK ((kind = 'direct') = (pair IS NOT NULL)),
  CHECK ((kind = 'room') = (title IS NOT NULL)),
  CHECK (kind = 'room' OR visibility = 'private')
);
CREATE INDEX conversations_public ON conversations (id) WHERE visibility = 'public';
CREATE INDEX conversations_project ON conversations (project, id) WHERE project IS NOT NULL;
CREATE INDEX conversations_unindexed ON conversations (id) WHERE indexed_seq < last_seq;

-- read_messages is the conversation's running message count at read_seq: unread is a subtraction.
CREATE TABLE members (
  conversation  TEXT NOT NULL REFERENCES conversations (id),
  actor         TEXT NOT NULL REFERENCES actors (id),
  role          TEXT NOT NULL CHECK (role IN ('moderator', 'member')),
  joined_at     BIGINT NOT NULL,
  read_seq      BIGINT NOT NULL,
  read_messages BIGINT NOT NULL,
  muted_until   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (conversation, actor)
);
CREATE INDEX members_actor ON members (actor, conversation);

CREATE TABLE bans (
  conversation TEXT NOT NULL REFERENCES conversations (id),
  actor        TEXT NOT NULL REFERENCES actors (id),
  created_by   TEXT NOT NULL REFERENCES actors (id),
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (conversation, actor)
);

-- The ordered, durable log. messages is the running count of messages up to this row.
CREATE TABLE log (
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
) ${clustered};
CREATE INDEX log_message ON log (message, seq) WHERE message IS NOT NULL;
CREATE INDEX log_actor ON log (actor);

CREATE TABLE messages (
  number       ${number},
  id           TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL REFERENCES conversations (id),
  seq          BIGINT NOT NULL,
  sender       TEXT NOT NULL REFERENCES actors (id),
  content      TEXT NOT NULL,
  reply_to     TEXT,
  client_id    TEXT,
  mentions     TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  edited_at    BIGINT,
  deleted_at   BIGINT,
  UNIQUE (conversation, seq),
  CHECK (deleted_at IS NULL OR content = '')
);
CREATE UNIQUE INDEX messages_client ON messages (conversation, sender, client_id)
  WHERE client_id IS NOT NULL;
CREATE INDEX messages_sender ON messages (sender, number);
CREATE INDEX messages_age ON messages (at);

CREATE TABLE reactions (
  message TEXT NOT NULL REFERENCES messages (id),
  emoji   TEXT NOT NULL,
  actor   TEXT NOT NULL REFERENCES actors (id),
  at      BIGINT NOT NULL,
  PRIMARY KEY (message, emoji, actor)
);
CREATE INDEX reactions_actor ON reactions (actor);

CREATE TABLE mentions (
  actor        TEXT NOT NULL REFERENCES actors (id),
  conversation TEXT NOT NULL REFERENCES conversations (id),
  seq          BIGINT NOT NULL,
  PRIMARY KEY (actor, conversation, seq)
);
CREATE INDEX mentions_message ON mentions (conversation, seq);

-- What a retried request was answered; the row is written with the change that it guards.
CREATE TABLE idempotency (
  caller   TEXT NOT NULL,
  key      TEXT NOT NULL,
  request  TEXT NOT NULL,
  call     TEXT NOT NULL,
  answer   TEXT,
  at       BIGINT NOT NULL,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_age ON idempotency (at);
