-- Does a group of changes in one call: one round trip and one transaction. A change that fails is
-- undone alone and says why: a guard that touched no row raises PY001 with its name.
-- The statements are the program's own texts; whatever came from outside is in args alone.
DROP FUNCTION IF EXISTS commit_changes;
CREATE FUNCTION commit_changes(
  size    INT,        -- how many changes
  changes INT[],      -- of each step: the change that it belongs to: 1, 2, 3 …
  texts   TEXT[],     -- the statements, each once; $1 are a step's args, $2 what its change was given
  chosen  INT[],      -- of each step: its statement
  guards  TEXT[],     -- of each step: the conflict if it touches no row, or NULL
  numbers BOOLEAN[],  -- of each step: whether it gives a seq and a message count
  ends    INT[],      -- of each step: where its args end
  args    TEXT[]
) RETURNS TABLE (state TEXT, word TEXT, given BIGINT[], micros BIGINT[], rows BIGINT[])
LANGUAGE plpgsql AS $$
DECLARE
  step     INT := 1;
  mine     TEXT[];
  seq      BIGINT;
  messages BIGINT;
  touched  BIGINT;
  began    TIMESTAMPTZ;
BEGIN
  FOR change IN 1 .. size LOOP
    state := NULL;
    word := NULL;
    given := '{}';
    micros := '{}';
    rows := '{}';
    BEGIN
      WHILE changes[step] = change LOOP
        began := clock_timestamp();
        mine := args[coalesce(ends[step - 1], 0) + 1 : ends[step]];
        IF numbers[step] THEN
          EXECUTE texts[chosen[step]] INTO seq, messages USING mine, given;
          GET DIAGNOSTICS touched = ROW_COUNT;
          given := given || seq || messages;
        ELSE
          EXECUTE texts[chosen[step]] USING mine, given;
          GET DIAGNOSTICS touched = ROW_COUNT;
        END IF;
        micros := micros || (extract(epoch FROM clock_timestamp() - began) * 1000000)::BIGINT;
        rows := rows || touched;
        IF touched = 0 AND guards[step] IS NOT NULL THEN
          RAISE EXCEPTION USING ERRCODE = 'PY001', MESSAGE = guards[step];
        END IF;
        step := step + 1;
      END LOOP;
    EXCEPTION WHEN OTHERS THEN
      state := SQLSTATE;
      word := SQLERRM;
      WHILE changes[step] = change LOOP
        step := step + 1;
      END LOOP;
    END;
    RETURN NEXT;
  END LOOP;
END $$;
