-- The tables of a chronicle. Written in the words that DuckDB and PostgreSQL share.
-- `no` numbers rows within this chronicle only; what names them everywhere is `key` and `id`.

CREATE TABLE meta (name TEXT NOT NULL, value TEXT NOT NULL);

CREATE TABLE report (
  no INTEGER NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, outlet TEXT, outlet_fold TEXT, language TEXT,
  published TEXT, day DATE, title TEXT, url TEXT, text TEXT NOT NULL, voice INTEGER NOT NULL, warnings TEXT[],
  model TEXT, register TEXT, added TIMESTAMP
);
-- MinHash bands of the texts, by which near-duplicates are found.
CREATE TABLE band (hash BIGINT NOT NULL, report INTEGER NOT NULL);
-- Stems of titles and texts, for search.
CREATE TABLE posting (token BIGINT NOT NULL, report INTEGER NOT NULL);
-- The whole coded report, compressed JSON.
CREATE TABLE coding (report INTEGER NOT NULL, doc BYTEA NOT NULL);
CREATE TABLE finding (
  report INTEGER NOT NULL, kind TEXT NOT NULL, start_at INTEGER, end_at INTEGER, claim TEXT, evidence TEXT[],
  candidates TEXT[], severity TEXT, event TEXT
);

-- What a report tells of one thing, and the number of its happening (that of its pivot account).
CREATE TABLE account (
  no INTEGER NOT NULL, report INTEGER NOT NULL, happening INTEGER, self TEXT NOT NULL, doc TEXT NOT NULL
);
CREATE TABLE anchor (key BIGINT NOT NULL, account INTEGER NOT NULL);

CREATE TABLE actor (
  no INTEGER NOT NULL, key TEXT NOT NULL, entity TEXT, name TEXT NOT NULL, office TEXT, polity TEXT, sectors TEXT[],
  kind TEXT, fold TEXT NOT NULL
);
CREATE TABLE place (
  no INTEGER NOT NULL, key TEXT NOT NULL, geonames INTEGER, name TEXT NOT NULL, latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION, country TEXT, region TEXT, district TEXT, city TEXT, kind TEXT, precision_ TEXT,
  fold TEXT NOT NULL
);

CREATE TABLE event (
  no INTEGER NOT NULL, report INTEGER NOT NULL, account INTEGER NOT NULL, happening INTEGER, id TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, contexts TEXT[], start_at INTEGER, end_at INTEGER, words TEXT,
  actors TEXT[], recipients TEXT[], sources TEXT[], place INTEGER, day_first DATE, day_last DATE, precision_ TEXT,
  stated BOOLEAN, dead INTEGER, injured INTEGER, confidence DOUBLE PRECISION, quad INTEGER, score DOUBLE PRECISION
);
CREATE TABLE event_party (event INTEGER NOT NULL, role TEXT NOT NULL, actor INTEGER NOT NULL);

CREATE TABLE happening (
  no INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, contexts TEXT[],
  actors TEXT[], recipients TEXT[], place INTEGER, day_first DATE, day_last DATE, precision_ TEXT, stated BOOLEAN,
  dead INTEGER, injured INTEGER, confidence DOUBLE PRECISION, quad INTEGER, score DOUBLE PRECISION, voices INTEGER,
  reports INTEGER, outlets TEXT[], languages TEXT[], first_report TEXT, last_report TEXT, tellings TEXT, support TEXT
);
CREATE TABLE happening_party (happening INTEGER NOT NULL, role TEXT NOT NULL, actor INTEGER NOT NULL);
CREATE TABLE contradiction (
  happening INTEGER NOT NULL, kind TEXT NOT NULL, a TEXT, b TEXT, tellings_a TEXT, tellings_b TEXT
);
CREATE TABLE ledger (
  happening INTEGER NOT NULL, kind TEXT NOT NULL, types TEXT[], expecters TEXT[], due_first DATE, due_last DATE,
  lapses DATE, announced DATE, outcome TEXT, outcome_happening INTEGER, outcome_day DATE
);
CREATE TABLE ledger_anchor (key BIGINT NOT NULL, happening INTEGER NOT NULL);
