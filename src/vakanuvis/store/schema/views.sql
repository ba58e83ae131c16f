-- What `vakanuvis sql` may be asked about (docs/store.md). Made anew whenever the schema changes.
CREATE OR REPLACE VIEW reports AS
SELECT r.id, r.key, r.outlet, r.language, r.published, r.day, r.title, r.url, r.text, v.id AS voice, r.model, r.register,
  r.added
FROM report r LEFT JOIN report v ON v.no = r.voice;

CREATE OR REPLACE VIEW happenings AS
SELECT h.id, h.type, h.mode, h.status, h.contexts AS context, h.actors AS actor, h.recipients AS recipient,
  p.name AS place, p.country, p.latitude, p.longitude, h.day_first AS day, h.day_last AS last_day,
  h.precision_ AS precision_of_day, h.stated, h.dead, h.injured, h.confidence, h.quad, h.score, h.voices, h.reports,
  h.outlets, h.languages, h.first_report, h.last_report
FROM happening h LEFT JOIN place p ON p.no = h.place;

CREATE OR REPLACE VIEW events AS
SELECT r.id AS report, e.id AS event, h.id AS happening, e.type, e.mode, e.status, e.contexts AS context,
  e.actors AS actor, e.recipients AS recipient, e.sources AS source, p.name AS place, p.country, p.latitude, p.longitude,
  e.day_first AS day, e.day_last AS last_day, e.precision_ AS precision_of_day, e.stated, e.dead, e.injured,
  e.words, e.start_at, e.end_at, e.confidence, e.quad, e.score, r.outlet, r.language, r.published
FROM event e JOIN report r ON r.no = e.report LEFT JOIN happening h ON h.no = e.happening
  LEFT JOIN place p ON p.no = e.place;

CREATE OR REPLACE VIEW parties AS
SELECT h.id AS happening, x.role, a.name, a.entity, a.office, a.polity, a.sectors
FROM happening_party x JOIN happening h ON h.no = x.happening JOIN actor a ON a.no = x.actor
-- No private person: `public` in store/filters.py.
WHERE a.kind IS DISTINCT FROM 'PER' OR a.entity IS NOT NULL OR a.office IS NOT NULL;

CREATE OR REPLACE VIEW places AS
SELECT geonames, name, latitude, longitude, country, region, district, city, kind, precision_ AS precision_of_place
FROM place;

CREATE OR REPLACE VIEW contradictions AS
SELECT h.id AS happening, c.kind, c.a, c.b, c.tellings_a, c.tellings_b, h.day_first AS day
FROM contradiction c JOIN happening h ON h.no = c.happening;

CREATE OR REPLACE VIEW findings AS
SELECT r.id AS report, f.kind, f.claim, f.evidence, f.candidates, f.severity, f.event, f.start_at, f.end_at
FROM finding f JOIN report r ON r.no = f.report;

CREATE OR REPLACE VIEW expectations AS
SELECT h.id AS happening, l.kind, h.type, l.expecters, h.actors AS actor, h.recipients AS recipient, l.announced,
  l.due_first, l.due_last, l.lapses, l.outcome, l.outcome_day, l.outcome_day - l.announced AS lead_days,
  o.id AS outcome_happening
FROM ledger l JOIN happening h ON h.no = l.happening LEFT JOIN happening o ON o.no = l.outcome_happening;
