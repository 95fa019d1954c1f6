-- Who may see and change a persona. One without an owner came with the server.
ALTER TABLE personas ADD COLUMN owner TEXT REFERENCES accounts (id);
ALTER TABLE personas ADD COLUMN visibility TEXT NOT NULL DEFAULT 'public'
  CHECK (visibility IN ('public', 'private'));
CREATE INDEX personas_owner ON personas (owner) WHERE owner IS NOT NULL;
