-- A short number for each conversation that the search index knows: its entries bear it, so that
-- what a caller may not read is passed over inside the index. All words are taken in anew.
CREATE TABLE search_rooms (
  number       BIGINT PRIMARY KEY CHECK (number > 0 AND number < 16777216),
  conversation TEXT NOT NULL UNIQUE REFERENCES conversations (id)
) ${clustered};

UPDATE conversations SET indexed_seq = 0;
