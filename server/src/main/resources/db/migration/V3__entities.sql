-- Versions of entity trees. A commit has a number that is unique and rises along every history.
CREATE TABLE entity_commits (
  version      BIGINT PRIMARY KEY CHECK (version > 0),
  at           BIGINT NOT NULL,
  call         TEXT NOT NULL,
  function     TEXT NOT NULL,
  actor        TEXT NOT NULL,
  on_behalf_of TEXT
);

-- The newest version of each branch of each tree: the only arbiter between commits.
CREATE TABLE entity_heads (
  root        TEXT NOT NULL,
  branch      TEXT NOT NULL,
  version     BIGINT NOT NULL,
  forked_from TEXT,
  forked_at   BIGINT,
  PRIMARY KEY (root, branch),
  CHECK ((forked_from IS NULL) = (forked_at IS NULL))
);

CREATE TABLE entity_versions (
  root    TEXT NOT NULL,
  version BIGINT NOT NULL REFERENCES entity_commits (version),
  branch  TEXT NOT NULL,
  parent  BIGINT,
  merged  BIGINT,
  hash    TEXT NOT NULL,
  PRIMARY KEY (root, version)
);
CREATE INDEX entity_versions_version ON entity_versions (version);

-- What a commit did to each entity that it touched, and the entity's new content if it has one.
-- content is the version whose row has the content: this one, or an earlier one for an entity that
-- only moved or was removed. An entity without an owner is a root, or in no tree if it was removed.
CREATE TABLE entity_nodes (
  lineage  TEXT NOT NULL,
  version  BIGINT NOT NULL REFERENCES entity_commits (version),
  branch   TEXT NOT NULL,
  act      TEXT NOT NULL CHECK (act IN ('created', 'changed', 'moved', 'removed')),
  owner    TEXT,
  property TEXT NOT NULL,
  steps    TEXT NOT NULL,
  content  BIGINT NOT NULL,
  type     TEXT,
  body     TEXT,
  hash     TEXT,
  PRIMARY KEY (lineage, version),
  CHECK ((type IS NULL) = (body IS NULL) AND (body IS NULL) = (hash IS NULL)),
  CHECK ((content = version) = (body IS NOT NULL))
);
CREATE INDEX entity_nodes_version ON entity_nodes (version);

-- Stretches of long lists, named by the hash of their content.
CREATE TABLE entity_pages (
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL
);
