-- The tables of review, made in a record when the first reviewer is added. Codings and sign-offs are append-only.

CREATE TABLE IF NOT EXISTS reviewers (
  name TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, added TEXT NOT NULL, revoked TEXT, seq INTEGER NOT NULL
) WITHOUT ROWID;

-- Reports that a reviewer puts off: they come last in the queue of that reviewer.
CREATE TABLE IF NOT EXISTS review_skips (
  reviewer TEXT NOT NULL, report_id TEXT NOT NULL, at TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reviewer, report_id)
) WITHOUT ROWID;

-- "Nothing is missing in this document": holds for the text that was read, until it is taken back.
CREATE TABLE IF NOT EXISTS review_signoffs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, reviewer TEXT NOT NULL, doc INTEGER NOT NULL,
  undoes INTEGER REFERENCES review_signoffs (id), seq INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS review_signoffs_doc ON review_signoffs (doc);

CREATE TABLE IF NOT EXISTS review_samples (
  sample INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, at TEXT NOT NULL, by TEXT NOT NULL,
  filters TEXT NOT NULL, seed INTEGER NOT NULL, seq INTEGER NOT NULL
);

-- A report of a sample as it was when the sample was drawn, so that a recoding changes nothing that coders see.
CREATE TABLE IF NOT EXISTS review_items (
  sample INTEGER NOT NULL REFERENCES review_samples (sample), item INTEGER NOT NULL, doc INTEGER NOT NULL,
  doc_id TEXT NOT NULL, type TEXT NOT NULL, report TEXT NOT NULL, anchor TEXT NOT NULL, PRIMARY KEY (sample, item)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS review_assignments (
  sample INTEGER NOT NULL, item INTEGER NOT NULL, reviewer TEXT NOT NULL, PRIMARY KEY (sample, item, reviewer)
) WITHOUT ROWID;

-- What a reviewer says of an item; the last row of a reviewer counts. `report` is null where it is no report at all.
CREATE TABLE IF NOT EXISTS review_codings (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, sample INTEGER NOT NULL, item INTEGER NOT NULL,
  reviewer TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('code', 'adjudicate')),
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'unsure', 'withdrawn')),
  report TEXT, note TEXT, seq INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS review_codings_item ON review_codings (sample, item);
CREATE TRIGGER IF NOT EXISTS review_codings_stay BEFORE UPDATE ON review_codings
  BEGIN SELECT RAISE (ABORT, 'codings are append-only'); END;
CREATE TRIGGER IF NOT EXISTS review_codings_last BEFORE DELETE ON review_codings
  BEGIN SELECT RAISE (ABORT, 'codings are append-only'); END;
