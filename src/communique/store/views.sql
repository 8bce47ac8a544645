-- The tables in memory. `r` and `p` hold the corrected reports and their participants, `e` the engagements.

CREATE TABLE r (
  rid BIGINT, doc BIGINT, item INTEGER, doc_id VARCHAR, report_id VARCHAR, engagement_id VARCHAR, alone VARCHAR,
  outlet VARCHAR, outlet_country VARCHAR, published DATE,
  type VARCHAR, mode VARCHAR, status VARCHAR, "start" DATE, "end" DATE, "precision" VARCHAR,
  place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE, geo_precision TINYINT,
  actors VARCHAR[], pairs VARCHAR[], level VARCHAR, domains VARCHAR[], aggregate BOOLEAN, confidence DOUBLE,
  asserted_kind VARCHAR, asserted_name VARCHAR, cameo VARCHAR, plover VARCHAR, plover_mode VARCHAR, details VARCHAR,
  copies BIGINT, camp VARCHAR, origin VARCHAR, review VARCHAR, shard BIGINT
);
CREATE TABLE p (
  rid BIGINT, role VARCHAR, actor VARCHAR, kind VARCHAR, name VARCHAR, post VARCHAR, "rank" VARCHAR, level VARCHAR
);
CREATE TABLE links (rid BIGINT, engagement_id VARCHAR);
CREATE TABLE copy_groups (doc BIGINT, copies BIGINT);
CREATE TABLE renamed (old VARCHAR, new VARCHAR);
CREATE TABLE placed (rid BIGINT, engagement_id VARCHAR);
CREATE TABLE outlets (outlet VARCHAR, owner VARCHAR, country VARCHAR, affiliation VARCHAR);

CREATE MACRO level_rank(l) AS CASE l
  WHEN 'head_of_state' THEN 0 WHEN 'head_of_government' THEN 1 WHEN 'minister' THEN 2 WHEN 'chief_of_staff' THEN 3
  WHEN 'service_chief' THEN 4 WHEN 'deputy' THEN 5 WHEN 'director' THEN 6 WHEN 'commander' THEN 7 WHEN 'attache' THEN 8
  WHEN 'spokesperson' THEN 9 WHEN 'ambassador' THEN 10 WHEN 'working' THEN 11 END;
CREATE MACRO status_rank(s) AS CASE s
  WHEN 'occurred' THEN 6 WHEN 'ongoing' THEN 5 WHEN 'cancelled' THEN 4 WHEN 'denied' THEN 3 WHEN 'planned' THEN 2
  ELSE 1 END;
-- The days that a date leaves open; what was only inferred or planned counts as vaguer.
CREATE MACRO vagueness(a, b, precision, status) AS
  date_diff('day', a, b) + CASE WHEN precision = 'inferred' THEN 100000 ELSE 0 END
  + CASE WHEN status IN ('planned', 'proposed') THEN 1000 ELSE 0 END;

CREATE TABLE wanted_single (engagement_id VARCHAR);
CREATE TABLE wanted_many (engagement_id VARCHAR);
CREATE VIEW engagement_rows AS
SELECT engagement_id, type, mode, status, "start", "end", "precision", place, place_country, lat, lon, geo_precision,
  actors, pairs, level, domains, aggregate, confidence, 1::BIGINT AS reports, 1::BIGINT AS documents,
  CASE WHEN outlet IS NULL THEN 0 ELSE 1 END::BIGINT AS outlets, 1::BIGINT AS witnesses, [camp] AS camps,
  published AS first_published, published AS last_published, review
FROM r WHERE engagement_id IN (SELECT engagement_id FROM wanted_single)
UNION ALL
SELECT engagement_id, mode(type), mode(mode), arg_max(status, status_rank(status)),
  arg_min("start", vagueness("start", "end", "precision", status)),
  arg_min("end", vagueness("start", "end", "precision", status)),
  arg_min("precision", vagueness("start", "end", "precision", status)),
  mode(place), mode(place_country), arg_min(lat, geo_precision), arg_min(lon, geo_precision), min(geo_precision),
  list_sort(list_distinct(flatten(list(actors)))), list_sort(list_distinct(flatten(list(pairs)))),
  arg_min(level, level_rank(level)), list_sort(list_distinct(flatten(list(domains)))), bool_and(aggregate),
  max(confidence), count(*), count(DISTINCT doc), count(DISTINCT outlet), count(DISTINCT copies),
  list_sort(list_distinct(list(camp))), min(published), max(published), max(review)
FROM r WHERE engagement_id IN (SELECT engagement_id FROM wanted_many)
GROUP BY engagement_id;

CREATE TABLE e AS SELECT * FROM engagement_rows;
CREATE TABLE documents_table (
  doc BIGINT, doc_id VARCHAR, hash VARCHAR, title VARCHAR, outlet VARCHAR, outlet_country VARCHAR, published DATE,
  url VARCHAR, lang VARCHAR, source VARCHAR, outcome VARCHAR, reason VARCHAR, superseded_by VARCHAR, added VARCHAR,
  coder VARCHAR, codebook VARCHAR, lexicon VARCHAR
);
CREATE TABLE officials_table (
  person VARCHAR, name VARCHAR, state VARCHAR, post VARCHAR, level VARCHAR, "start" VARCHAR, "end" VARCHAR,
  doc_id VARCHAR, evidence VARCHAR, why VARCHAR
);

-- The documented views.
CREATE VIEW engagements AS SELECT * FROM e;
CREATE VIEW reports AS
SELECT report_id, engagement_id, doc_id, item, outlet, outlet_country, published, type, mode, status, "start", "end",
  "precision", place, place_country, lat, lon, geo_precision, actors, pairs, level, domains, aggregate, confidence,
  asserted_kind, asserted_name, cameo, plover, plover_mode, details, camp, origin, review, doc, rid
FROM r;
CREATE VIEW participants AS
SELECT r.report_id, r.engagement_id, r.doc_id, p.role, p.actor, p.kind, p.name, p.post, p."rank", p.level, p.rid
FROM p JOIN r USING (rid);
CREATE VIEW documents AS SELECT * FROM documents_table;
CREATE VIEW officials AS SELECT * FROM officials_table;
