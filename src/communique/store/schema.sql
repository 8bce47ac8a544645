-- The tables of record.sqlite. Numbers that are given out once (doc, shard, decisions.id) are never given out again.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row for each acknowledged change: its number is the sequence that views follow.
CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, note TEXT);

-- The bytes as they came (zstd), one row for each distinct input.
CREATE TABLE raws (sha TEXT PRIMARY KEY, size INTEGER NOT NULL, suffix TEXT NOT NULL, bytes BLOB NOT NULL);

CREATE TABLE documents (
  doc INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  title TEXT, outlet TEXT, outlet_country TEXT, published TEXT, url TEXT, lang TEXT, byline TEXT, source TEXT,
  restates TEXT NOT NULL DEFAULT '[]',
  ignored TEXT NOT NULL DEFAULT '[]',
  raw TEXT REFERENCES raws (sha),
  part INTEGER,
  given TEXT NOT NULL DEFAULT '{}',
  extractor TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('coded', 'gated', 'quarantined')),
  reason TEXT,
  shard INTEGER NOT NULL REFERENCES shards (shard),
  superseded_by INTEGER REFERENCES documents (doc),
  added TEXT NOT NULL,
  seq INTEGER NOT NULL,
  UNIQUE (id, hash)
);
CREATE INDEX documents_hash ON documents (hash);
CREATE INDEX documents_url ON documents (url) WHERE url IS NOT NULL;
CREATE INDEX documents_shard ON documents (shard);

CREATE TABLE texts (doc INTEGER PRIMARY KEY REFERENCES documents (doc), text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
  text, content='texts', content_rowid='doc', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, doc_id TEXT,
  seen TEXT NOT NULL, resolved TEXT, seq INTEGER NOT NULL,
  UNIQUE (source, reason)
);

-- The manifest. A Parquet file belongs to the record from the moment its row is committed.
CREATE TABLE shards (
  shard INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('reports', 'links', 'copies')),
  file TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, rows INTEGER NOT NULL,
  first_doc INTEGER NOT NULL DEFAULT 0,
  input_hash TEXT NOT NULL,
  coder TEXT NOT NULL, codebook TEXT NOT NULL, lexicon TEXT NOT NULL,
  inputs INTEGER NOT NULL, coded INTEGER NOT NULL, gated INTEGER NOT NULL, quarantined INTEGER NOT NULL,
  published TEXT NOT NULL, seq INTEGER NOT NULL,
  retired TEXT,
  CHECK (inputs = coded + gated + quarantined)
);

-- Documents of a live shard whose rows no longer count: recoded elsewhere, superseded, or published by another first.
CREATE TABLE retired_documents (
  shard INTEGER NOT NULL REFERENCES shards (shard), doc INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (shard, doc)
) WITHOUT ROWID;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, why TEXT,
  field TEXT, before TEXT, after TEXT,
  anchors TEXT NOT NULL, undoes INTEGER REFERENCES decisions (id),
  chain TEXT NOT NULL, seq INTEGER NOT NULL
);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;

-- Derived from the log and the published reports: to which report each anchor of a decision now belongs.
CREATE TABLE attachments (
  decision INTEGER NOT NULL REFERENCES decisions (id), place INTEGER NOT NULL,
  doc INTEGER NOT NULL, rid INTEGER, how TEXT NOT NULL,
  PRIMARY KEY (decision, place)
) WITHOUT ROWID;
CREATE INDEX attachments_doc ON attachments (doc);
CREATE INDEX attachments_rid ON attachments (rid);

-- Derived: what the decisions make of a report. `report` is the corrected row where it differs from the coded one.
-- A row whose decisions were undone stays, with state 'coded' and no review, so that views notice.
CREATE TABLE overlays (
  rid INTEGER PRIMARY KEY, doc INTEGER NOT NULL, report_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('coded', 'rejected', 'edited', 'added')),
  review TEXT CHECK (review IN ('accepted', 'rejected')),
  report TEXT, decisions INTEGER NOT NULL, seq INTEGER NOT NULL
);
CREATE INDEX overlays_seq ON overlays (seq);
CREATE INDEX overlays_doc ON overlays (doc);
CREATE INDEX overlays_report ON overlays (report_id);

CREATE TABLE redirects (old TEXT PRIMARY KEY, new TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE tenures (
  tenure TEXT PRIMARY KEY,
  person TEXT NOT NULL, name TEXT NOT NULL, state TEXT, post TEXT NOT NULL, level TEXT, start TEXT, "end" TEXT,
  doc_id TEXT, evidence TEXT, why TEXT, seq INTEGER NOT NULL
) WITHOUT ROWID;

-- Derived from the texts once for each document: what near-copies and wire copies are told by.
CREATE TABLE sketches (
  doc INTEGER PRIMARY KEY REFERENCES documents (doc), digest BLOB NOT NULL, shingles INTEGER NOT NULL,
  exact TEXT NOT NULL, wire TEXT
);
