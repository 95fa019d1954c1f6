-- What somebody felt, by when, on 32 shelves of senders by the last character of their ids. A post
-- writes to the end of a shelf, and so to one of 32 pages; with a shelf for each sender posts of a
-- thousand people wrote a thousand pages. Who looks for one sender passes over the others of a shelf.
DROP INDEX messages_felt;
CREATE INDEX messages_felt ON messages (substr(sender, 26, 1), id, sender)
  WHERE emotion IS NOT NULL;
