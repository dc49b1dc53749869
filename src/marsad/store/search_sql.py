"""The statements behind the desk's index: its tables, how they are filled, and how they are asked."""

# ruff: noqa: S608 - statements are put together from this room's own words; values are always bound

SHAPE = 2
"""The number of this shape: a file with another one is made again."""

FILTERS = {
    "item": frozenset(("state", "country", "outlet", "lang", "code")),
    "case_row": frozenset(("country", "grade", "state")),
    "question": frozenset[str](),
}
"""What lists may be filtered by."""

SMALL = ("origin_row", "area_row", "tally", "outlet_row")

HARM = "('killed','injured','killed_or_injured','missing','detained','abducted')"
JUDGED = """d.kind IN ('accept','correct','reject','add') AND d.body <> '{"undone":true}' AND NOT EXISTS (SELECT 1
  FROM kept.decision later WHERE later.anchor = d.anchor AND later.kind = d.kind AND later.version > d.version)"""
"""A decision by which somebody judged a claim, and which stands."""

MIRRORED = {
    "kept": {
        "report": ("seq", "report_id", "outlet", "published", "lang", "recorded_at"),
        "decision": ("seq", "anchor", "kind", "version", "body"),
    },
    "derived": {
        "claim": (
            "claim_id",
            "report_id",
            "start",
            "end",
            "score",
            "scope",
            "measure",
            "modality",
            "value",
            "low",
            "high",
        ),
        "membership": ("incident_id", "claim_id", "role"),
        "fold": ("claim_id", "origin", "kind", "copy"),
        "copy": ("report_id", "leader"),
        "reworded": ("report_id", "leader", "probability"),
        "incident": (
            "incident_id",
            "code",
            "country",
            "admin1",
            "place_name",
            "place_name_ar",
            "occurred_from",
            "occurred_to",
        ),
        "toll": ("incident_id", "low", "best", "high", "measure", "category"),
        "grading": ("incident_id", "grade", "origins"),
        "proposal": ("incident_id", "kind", "other", "probability", "stake", "priority", "why"),
        "reading": ("report_id", "stage", "version"),
    },
}
"""What the lists are made of: where the stores are on a server, these columns are copied beside the index first."""

MIRROR_INDEXES = (
    "CREATE INDEX kept.decision_by_anchor ON decision (anchor, kind, version)",
    "CREATE INDEX derived.claim_by_report ON claim (report_id)",
    "CREATE INDEX derived.membership_by_claim ON membership (claim_id)",
)

LAYOUT = """
CREATE TABLE told (key TEXT PRIMARY KEY, value TEXT) STRICT;
CREATE TABLE head (n INTEGER PRIMARY KEY, head TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (said, content='', tokenize='unicode61 remove_diacritics 0', prefix='2 4');
CREATE TABLE item (
  n INTEGER PRIMARY KEY, report_id TEXT NOT NULL UNIQUE, outlet TEXT NOT NULL, published TEXT, lang TEXT,
  recorded TEXT NOT NULL, leader TEXT, why TEXT, likeness REAL, claims INTEGER NOT NULL, decided INTEGER NOT NULL,
  people INTEGER NOT NULL, doubt REAL NOT NULL, incident_id TEXT, code TEXT, country TEXT, place TEXT, place_ar TEXT,
  state TEXT NOT NULL, rank REAL NOT NULL
) STRICT;
CREATE INDEX item_by_rank ON item (rank, n);
CREATE INDEX item_by_state ON item (state, rank, n);
CREATE INDEX item_by_country ON item (state, country, rank, n);
CREATE INDEX item_by_outlet ON item (state, outlet, rank, n);
CREATE INDEX item_by_lang ON item (state, lang, rank, n);
CREATE INDEX item_by_code ON item (code, rank, n);
CREATE INDEX item_by_leader ON item (leader, n);
CREATE TABLE case_row (
  n INTEGER PRIMARY KEY, incident_id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, country TEXT, place TEXT, place_ar TEXT,
  occurred_from TEXT, occurred_to TEXT, grade TEXT, origins INTEGER, low INTEGER, high INTEGER, reports INTEGER,
  state TEXT NOT NULL, rank REAL NOT NULL
) STRICT;
CREATE INDEX case_by_rank ON case_row (rank, n);
CREATE INDEX case_by_code ON case_row (code);
CREATE INDEX case_by_country ON case_row (country, rank, n);
CREATE INDEX case_by_grade ON case_row (grade, rank, n);
CREATE INDEX case_by_state ON case_row (state, rank, n);
CREATE TABLE question (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, incident_id TEXT NOT NULL, code TEXT NOT NULL, other TEXT NOT NULL,
  other_code TEXT, probability REAL NOT NULL, stake INTEGER NOT NULL, why TEXT NOT NULL, rank REAL NOT NULL
) STRICT;
CREATE INDEX question_by_rank ON question (rank, n);
CREATE TABLE origin_row (
  origin TEXT PRIMARY KEY, kind TEXT, incidents INTEGER, first INTEGER, alone INTEGER, revised INTEGER, copied INTEGER
) STRICT;
CREATE TABLE outlet_row (outlet TEXT PRIMARY KEY, reports INTEGER, copies INTEGER, last TEXT) STRICT;
CREATE TABLE area_row (country TEXT, admin1 TEXT, incidents INTEGER, origins INTEGER, last TEXT) STRICT;
CREATE TABLE tally (step TEXT PRIMARY KEY, n INTEGER) STRICT;
"""

_STATE = """CASE WHEN leader IS NOT NULL THEN 'copy' WHEN claims = 0 THEN 'none'
  WHEN decided >= claims THEN 'done' ELSE 'open' END"""

REBUILD = f"""
DELETE FROM item; DELETE FROM case_row; DELETE FROM question; DELETE FROM origin_row; DELETE FROM outlet_row;
DELETE FROM area_row; DELETE FROM tally;

CREATE TEMP TABLE said AS SELECT c.report_id AS report_id, count(*) AS claims, min(c.score) AS score,
  max(CASE WHEN c.scope = 'incident' AND c.measure IN {HARM} AND c.modality NOT IN ('retracted','hypothetical')
    THEN coalesce(c.value, c.low, c.high, 1) ELSE 0 END) AS people,
  min(CASE WHEN c.scope = 'incident' THEN c.claim_id END) AS claim_id
  FROM derived.claim c GROUP BY c.report_id;
CREATE UNIQUE INDEX temp.said_by ON said (report_id);
CREATE TEMP TABLE home AS SELECT c.report_id AS report_id, min(m.incident_id) AS incident_id
  FROM derived.claim c JOIN derived.membership m ON m.claim_id = c.claim_id GROUP BY c.report_id;
CREATE UNIQUE INDEX temp.home_by ON home (report_id);
CREATE TEMP TABLE judged AS SELECT c.report_id AS report_id, count(DISTINCT c.claim_id) AS decided
  FROM kept.decision d JOIN derived.claim c ON c.report_id = substr(d.anchor, 1, 24)
    AND d.anchor = c.report_id || ':' || c.start || '-' || c."end"
  WHERE {JUDGED} GROUP BY c.report_id;
CREATE UNIQUE INDEX temp.judged_by ON judged (report_id);
CREATE TEMP TABLE asked AS SELECT DISTINCT incident_id FROM derived.proposal;
CREATE UNIQUE INDEX temp.asked_by ON asked (incident_id);

INSERT INTO item SELECT n, report_id, outlet, published, lang, recorded, leader, why, likeness, claims, decided, people,
  doubt, incident_id, code, country, place, place_ar, {_STATE},
  julianday(recorded) / 7 - log2(1 + people) - log2(doubt)
FROM (SELECT r.seq AS n, r.report_id, r.outlet, r.published, r.lang, substr(r.recorded_at, 1, 10) AS recorded,
  CASE WHEN k.leader <> r.report_id THEN k.leader ELSE w.leader END AS leader,
  CASE WHEN k.leader <> r.report_id THEN 'copy' WHEN w.leader IS NOT NULL THEN 'reworded' END AS why,
  CASE WHEN k.leader <> r.report_id THEN 1.0 ELSE w.probability END AS likeness,
  coalesce(s.claims, 0) AS claims, coalesce(j.decided, 0) AS decided, coalesce(s.people, 0) AS people,
  max(0.05, CASE WHEN a.incident_id IS NOT NULL THEN 0.5 ELSE 0 END, 1 - coalesce(s.score, 1)) AS doubt,
  h.incident_id, i.code, i.country, i.place_name AS place, i.place_name_ar AS place_ar
  FROM kept.report r LEFT JOIN said s ON s.report_id = r.report_id
  LEFT JOIN derived.copy k ON k.report_id = r.report_id LEFT JOIN derived.reworded w ON w.report_id = r.report_id
  LEFT JOIN judged j ON j.report_id = r.report_id LEFT JOIN home h ON h.report_id = r.report_id
  LEFT JOIN derived.incident i ON i.incident_id = h.incident_id
  LEFT JOIN asked a ON a.incident_id = h.incident_id);

UPDATE item SET leader = (SELECT p.leader FROM item p WHERE p.report_id = item.leader)
  WHERE leader IN (SELECT report_id FROM item WHERE leader IS NOT NULL);
UPDATE item SET leader = (SELECT p.leader FROM item p WHERE p.report_id = item.leader)
  WHERE leader IN (SELECT report_id FROM item WHERE leader IS NOT NULL);
UPDATE item SET leader = (SELECT p.leader FROM item p WHERE p.report_id = item.leader)
  WHERE leader IN (SELECT report_id FROM item WHERE leader IS NOT NULL);

CREATE TEMP TABLE ends AS SELECT incident_id, min(low) AS low, max(coalesce(high, best, low)) AS high,
  max(coalesce(high, best, low, 0)) AS most
  FROM derived.toll WHERE measure = 'killed' AND category = 'total' GROUP BY incident_id;
CREATE UNIQUE INDEX temp.ends_by ON ends (incident_id);
CREATE TEMP TABLE about AS SELECT DISTINCT m.incident_id AS incident_id, c.report_id AS report_id
  FROM derived.membership m JOIN derived.claim c ON c.claim_id = m.claim_id;
CREATE TEMP TABLE told_of AS SELECT a.incident_id AS incident_id, count(*) AS reports, sum(t.state = 'open') AS open
  FROM about a JOIN item t ON t.report_id = a.report_id GROUP BY a.incident_id;
CREATE UNIQUE INDEX temp.told_by ON told_of (incident_id);
INSERT INTO case_row SELECT row_number() OVER (ORDER BY i.incident_id), i.incident_id, i.code, i.country, i.place_name,
  i.place_name_ar, i.occurred_from, i.occurred_to, g.grade, g.origins, e.low, e.high, coalesce(t.reports, 0),
  CASE WHEN coalesce(t.open, 0) = 0 THEN 'done' ELSE 'open' END, -coalesce(e.most, 0)
  FROM derived.incident i LEFT JOIN derived.grading g ON g.incident_id = i.incident_id
  LEFT JOIN ends e ON e.incident_id = i.incident_id LEFT JOIN told_of t ON t.incident_id = i.incident_id;

INSERT INTO question SELECT row_number() OVER (ORDER BY p.incident_id, p.kind, p.other), p.kind, p.incident_id, i.code,
  p.other, o.code, p.probability, p.stake, p.why, -p.priority
  FROM derived.proposal p JOIN derived.incident i ON i.incident_id = p.incident_id
  LEFT JOIN derived.incident o ON o.incident_id = p.other;

CREATE TEMP TABLE voice AS SELECT m.incident_id, f.origin, min(f.kind) AS kind,
  min(CASE WHEN NOT f.copy THEN coalesce(r.published, '9999') || r.recorded_at END) AS since,
  max(m.role = 'superseded') AS revised, sum(f.copy) AS copied, max(m.role = 'counted') AS counted
  FROM derived.membership m JOIN derived.fold f ON f.claim_id = m.claim_id
  JOIN derived.claim c ON c.claim_id = m.claim_id JOIN kept.report r ON r.report_id = c.report_id
  GROUP BY m.incident_id, f.origin;
CREATE TEMP TABLE start AS SELECT incident_id, min(since) AS since, sum(counted) AS voices FROM voice GROUP BY incident_id;
CREATE UNIQUE INDEX temp.start_by ON start (incident_id);
INSERT INTO origin_row SELECT v.origin, min(v.kind), count(*), sum(v.since = s.since), sum(v.counted AND s.voices = 1),
  sum(v.revised), sum(v.copied) FROM voice v JOIN start s ON s.incident_id = v.incident_id GROUP BY v.origin;
INSERT INTO outlet_row SELECT outlet, count(*), sum(leader IS NOT NULL), max(recorded) FROM item GROUP BY outlet;
INSERT INTO area_row SELECT i.country, i.admin1, count(DISTINCT i.incident_id), count(DISTINCT v.origin),
  max(i.occurred_to) FROM derived.incident i LEFT JOIN voice v ON v.incident_id = i.incident_id
  WHERE i.country IS NOT NULL GROUP BY i.country, i.admin1;
INSERT INTO tally SELECT 'arrived', count(*) FROM kept.report;
INSERT INTO tally SELECT 'read', count(DISTINCT report_id) FROM derived.reading WHERE stage = 'extract';
INSERT INTO tally SELECT 'linked', count(*) FROM item WHERE incident_id IS NOT NULL;
DROP TABLE said; DROP TABLE home; DROP TABLE judged; DROP TABLE asked; DROP TABLE ends; DROP TABLE told_of;
DROP TABLE about; DROP TABLE voice; DROP TABLE start;
"""

DECIDED = f"""UPDATE item SET (decided, state) = (SELECT count(DISTINCT c.claim_id), CASE WHEN item.leader IS NOT NULL
  THEN 'copy' WHEN item.claims = 0 THEN 'none' WHEN count(DISTINCT c.claim_id) >= item.claims THEN 'done' ELSE 'open' END
  FROM kept.decision d JOIN derived.claim c ON c.report_id = item.report_id
    AND d.anchor = c.report_id || ':' || c.start || '-' || c."end"
  WHERE d.anchor >= item.report_id || ':' AND d.anchor < item.report_id || ';' AND {JUDGED})
WHERE report_id IN (?)"""

_COLUMNS = """item.n, item.report_id, item.outlet, item.published, item.lang, item.recorded, item.leader, item.why,
 item.likeness, item.claims, item.decided, item.people, item.doubt, item.code, item.country, item.place, item.place_ar,
 item.state, item.rank, head.head"""

ITEM = f"SELECT {_COLUMNS} FROM item LEFT JOIN head ON head.n = item.n"
CASE = "SELECT case_row.* FROM case_row"
QUESTION = "SELECT question.* FROM question"
FOUND = f"""SELECT {_COLUMNS} FROM words CROSS JOIN item ON item.n = words.rowid LEFT JOIN head ON head.n = item.n
WHERE words MATCH ?{{more}} ORDER BY words.rowid DESC LIMIT ?"""
COPIES = f"""SELECT * FROM (SELECT {_COLUMNS}, row_number() OVER (PARTITION BY item.leader ORDER BY item.n) AS turn,
 count(*) OVER (PARTITION BY item.leader) AS copies
 FROM item LEFT JOIN head ON head.n = item.n WHERE item.leader IN ({{marks}})) WHERE turn <= ?"""
