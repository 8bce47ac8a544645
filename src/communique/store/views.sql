-- The tables in memory. `r` and `p` hold the corrected reports and their participants, `e` the engagements.

CREATE SEQUENCE numbers START 0 MINVALUE 0;
CREATE TABLE r (
  rid BIGINT, doc BIGINT, item INTEGER, doc_id VARCHAR, report_id VARCHAR, engagement UBIGINT, alone UBIGINT,
  outlet VARCHAR, outlet_country VARCHAR, published DATE,
  type VARCHAR, mode VARCHAR, status VARCHAR, "start" DATE, "end" DATE, "precision" VARCHAR,
  place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE, geo_precision TINYINT,
  actors VARCHAR[], pairs VARCHAR[], level VARCHAR, domains VARCHAR[], aggregate BOOLEAN, confidence DOUBLE,
  asserted_kind VARCHAR, asserted_name VARCHAR, cameo VARCHAR, plover VARCHAR, plover_mode VARCHAR, details VARCHAR,
  telling BIGINT, voice VARCHAR, origin VARCHAR, review VARCHAR, shard BIGINT,
  n BIGINT
);
CREATE TABLE p (
  rid BIGINT, role VARCHAR, actor VARCHAR, kind VARCHAR, name VARCHAR, post VARCHAR, "rank" VARCHAR, level VARCHAR,
  who INTEGER
);
-- The named officials; `p.who` is the number of one. Who is named no more keeps the number.
CREATE SEQUENCE whos START 0 MINVALUE 0;
CREATE TABLE people (who INTEGER, actor VARCHAR, name VARCHAR);
CREATE TABLE links (rid BIGINT, engagement UBIGINT, level VARCHAR, telling BIGINT);
CREATE TABLE copy_groups (doc BIGINT, telling BIGINT);
CREATE TABLE renamed (old UBIGINT, new UBIGINT);
CREATE TABLE placed (rid BIGINT, engagement UBIGINT);
CREATE TABLE outlets (outlet VARCHAR, owner VARCHAR, country VARCHAR, affiliation VARCHAR);

CREATE MACRO level_rank(l) AS CASE l
  WHEN 'head_of_state' THEN 0 WHEN 'head_of_government' THEN 1 WHEN 'minister' THEN 2 WHEN 'chief_of_staff' THEN 3
  WHEN 'service_chief' THEN 4 WHEN 'deputy' THEN 5 WHEN 'director' THEN 6 WHEN 'commander' THEN 7 WHEN 'attache' THEN 8
  WHEN 'spokesperson' THEN 9 WHEN 'ambassador' THEN 10 WHEN 'working' THEN 11 END;
-- The camp of a voice, seen from the parties of an event.
CREATE MACRO camp_of(voice, parties) AS CASE WHEN NOT starts_with(voice, 'state ') THEN voice
  WHEN list_contains(parties, substr(voice, 7)) THEN 'party ' || substr(voice, 7) ELSE 'third ' || substr(voice, 7) END;
-- How vague a date is: 0 for days and ranges, then by precision (as `pipeline.link.consensus` has it).
CREATE MACRO vagueness(exactness) AS CASE exactness WHEN 'week' THEN 1 WHEN 'month' THEN 2 WHEN 'season' THEN 3
  WHEN 'year' THEN 4 WHEN 'span' THEN 5 WHEN 'inferred' THEN 6 ELSE 0 END;
-- How firmly a date is told, the firmest first: of what took place, of what is to come, of the day of an announcement.
CREATE MACRO firmness(status, published, b) AS CASE WHEN status IN ('occurred', 'ongoing') THEN 0
  WHEN status IN ('planned', 'proposed') AND published IS NOT NULL AND b <= published THEN 2 ELSE 1 END;
-- The days that two intervals share as a part of those that either has.
CREATE MACRO shared_days(a, b, c, d) AS greatest(0, date_diff('day', greatest(a, c), least(b, d)) + 1)
  / (date_diff('day', least(a, c), greatest(b, d)) + 1);
-- The day on which a status was last told; the status that stands (as `pipeline.link.history` has it).
CREATE MACRO standing(deniers, tellers, done, off, under_way, planned, proposed) AS CASE
  WHEN deniers > tellers THEN 'denied'
  WHEN done IS NOT NULL AND off IS NOT NULL THEN CASE WHEN done >= off THEN 'occurred' ELSE 'cancelled' END
  WHEN off IS NOT NULL AND under_way IS NOT NULL AND under_way > off THEN 'ongoing'
  WHEN done IS NOT NULL THEN 'occurred' WHEN off IS NOT NULL THEN 'cancelled' WHEN under_way IS NOT NULL THEN 'ongoing'
  WHEN planned > 0 THEN 'planned' WHEN proposed > 0 THEN 'proposed' ELSE 'denied' END;

CREATE TABLE wanted_single (engagement UBIGINT);
CREATE TABLE wanted_many (engagement UBIGINT);
-- The reports that engagements are made of: all, or a copy of those that engagements to be made anew consist of.
CREATE VIEW told AS SELECT * FROM r;
-- The parties as most tellings have them, among equals the fullest, then the earliest told (as `pipeline.link.consensus`
-- has it), and their pairs. Camps are seen from everyone who is told to take part.
CREATE VIEW agreed_parties AS
SELECT engagement, arg_min(actors, standing) AS actors, arg_min(pairs, standing) AS pairs FROM (
  SELECT engagement, actors, any_value(pairs) AS pairs,
    row(len(actors) = 0, -count(DISTINCT telling), -length(array_to_string(actors, ', ')),
      min(row(coalesce(published, DATE '9999-12-31'), doc, item))) AS standing
  FROM told WHERE engagement IN (SELECT engagement FROM wanted_many) GROUP BY engagement, actors
) GROUP BY engagement;
-- The date of the firmest tellings: the least vague, told by most, nearest to the others, longest, told first.
CREATE VIEW agreed_dates AS
WITH sure AS (
  SELECT engagement, telling, doc, item, published, "start" AS a, "end" AS b, "precision" AS exactness
  FROM told WHERE engagement IN (SELECT engagement FROM wanted_many) AND "start" IS NOT NULL
  QUALIFY rank() OVER (
    PARTITION BY engagement ORDER BY firmness(status, published, "end"), coalesce("precision" = 'inferred', false)) = 1
),
votes AS (SELECT engagement, a, b, count(DISTINCT telling) AS tellings FROM sure GROUP BY ALL),
kin AS (
  SELECT v.engagement, v.a, v.b, any_value(v.tellings) AS tellings, round(sum(shared_days(v.a, v.b, o.a, o.b)), 6) AS kin
  FROM votes v JOIN votes o USING (engagement) GROUP BY v.engagement, v.a, v.b
),
ranked AS (
  SELECT engagement, a, b, exactness, row(vagueness(exactness), -tellings, -kin, -date_diff('day', a, b),
    coalesce(published, DATE '9999-12-31'), a, b, doc, item) AS standing
  FROM sure JOIN kin USING (engagement, a, b)
)
SELECT engagement, arg_min(a, standing) AS "start", arg_min(b, standing) AS "end",
  arg_min(exactness, standing) AS "precision"
FROM ranked GROUP BY engagement;
CREATE VIEW single_rows AS
SELECT engagement, type, mode, status, "start", "end", "precision", place, place_country, lat, lon, geo_precision,
  actors, pairs, level, domains, aggregate, confidence, 1::BIGINT AS reports, 1::BIGINT AS documents,
  CASE WHEN outlet IS NULL THEN 0 ELSE 1 END::BIGINT AS outlets,
  CASE WHEN outlet IS NULL THEN [] ELSE [outlet] END AS outlet_names, 1::BIGINT AS witnesses,
  [camp_of(voice, actors)] AS camps, published AS first_published, published AS last_published, review
FROM told WHERE engagement IN (SELECT engagement FROM wanted_single);
CREATE VIEW many_rows AS
SELECT engagement, type, mode, status, "start", "end", "precision", place, place_country, lat, lon, geo_precision,
  actors, pairs, level, domains, aggregate, confidence, reports, documents, len(coalesce(outlet_names, [])) AS outlets,
  coalesce(outlet_names, []) AS outlet_names, witnesses, list_transform(voices, lambda v: camp_of(v, everyone)) AS camps,
  first_published, last_published, review
FROM agreed_parties JOIN (
  SELECT engagement, arg_max(type, (alone = engagement)::INTEGER::VARCHAR || type) AS type, mode(mode ORDER BY mode) AS mode,
    standing(
      count(DISTINCT telling) FILTER (status = 'denied'), count(DISTINCT telling) FILTER (status <> 'denied'),
      max(coalesce(published, DATE '0001-01-01')) FILTER (status = 'occurred'),
      max(coalesce(published, DATE '0001-01-01')) FILTER (status = 'cancelled'),
      max(coalesce(published, DATE '0001-01-01')) FILTER (status = 'ongoing'),
      count(*) FILTER (status = 'planned'), count(*) FILTER (status = 'proposed')) AS status,
    mode(place ORDER BY place) AS place, mode(place_country ORDER BY place_country) AS place_country,
    arg_min(lat, row(geo_precision, lat, lon)) AS lat, arg_min(lon, row(geo_precision, lat, lon)) AS lon, min(geo_precision) AS geo_precision,
    list_distinct(flatten(list(actors))) AS everyone,
    arg_min(level, level_rank(level)) AS level, list_sort(list_distinct(flatten(list(domains)))) AS domains,
    bool_and(aggregate) AS aggregate, max(confidence) AS confidence, count(*) AS reports,
    count(DISTINCT doc) AS documents, list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlet_names, count(DISTINCT telling) AS witnesses,
    list_sort(list_distinct(list(voice))) AS voices, min(published) AS first_published,
    max(published) AS last_published, max(review) AS review
  FROM told WHERE engagement IN (SELECT engagement FROM wanted_many) GROUP BY engagement
) USING (engagement) LEFT JOIN agreed_dates USING (engagement);

CREATE TABLE e (
  engagement UBIGINT, type VARCHAR, mode VARCHAR, status VARCHAR, "start" DATE, "end" DATE, "precision" VARCHAR,
  place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE, geo_precision TINYINT, actors VARCHAR[], pairs VARCHAR[],
  level VARCHAR, domains VARCHAR[], aggregate BOOLEAN, confidence DOUBLE, reports BIGINT, documents BIGINT,
  outlets BIGINT, outlet_names VARCHAR[], witnesses BIGINT, camps VARCHAR[], first_published DATE, last_published DATE,
  review VARCHAR, n BIGINT
);
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
CREATE VIEW participants AS
SELECT r.report_id, printf('%016x', r.engagement) AS engagement_id, r.doc_id, p.role, p.actor, p.kind, p.name, p.post, p."rank", p.level, p.rid
FROM p JOIN r USING (rid);
CREATE VIEW documents AS SELECT * FROM documents_table;
CREATE VIEW officials AS SELECT * FROM officials_table;
