-- An account that was known to be somebody's and is no more: since when, who said so, and who took
-- them apart when. What was known together is not kept; that it was, and who did what, is.
CREATE TABLE separations (
  person       TEXT NOT NULL REFERENCES accounts (id),
  account      TEXT NOT NULL REFERENCES accounts (id),
  said_by      TEXT NOT NULL REFERENCES actors (id),
  at           BIGINT NOT NULL,
  separated_by TEXT NOT NULL REFERENCES actors (id),
  separated_at BIGINT NOT NULL,
  PRIMARY KEY (account, at)
) ${clustered};
CREATE INDEX separations_person ON separations (person, separated_at);
