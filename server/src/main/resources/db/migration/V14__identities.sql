-- An account that is known to be somebody who has another one: a visitor who signed in later, a
-- number that texts. A known account is nobody else's, so there are neither chains nor circles.
CREATE TABLE identities (
  account TEXT PRIMARY KEY REFERENCES accounts (id),
  person  TEXT NOT NULL REFERENCES accounts (id),
  said_by TEXT NOT NULL REFERENCES actors (id),
  at      BIGINT NOT NULL,
  CHECK (account <> person)
) ${clustered};
CREATE INDEX identities_person ON identities (person);

-- What somebody felt, wherever that was: by when. Messages without a score do not pay for it.
CREATE INDEX messages_felt ON messages (sender, id) WHERE emotion IS NOT NULL;
