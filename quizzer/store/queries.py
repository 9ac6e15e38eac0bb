"""The SQL that answering and listing cards needs, as text that SQLite (3.35 on) and PostgreSQL both read."""
# ruff: noqa: S608 - every text here is put together from literals of this package

from __future__ import annotations

from quizzer.store.columns import ACT_COLUMNS, REVIEW_COLUMNS, STATE_COLUMNS, aliased, bound

SCHEMA_VERSION = 6
"""What this program reads and writes. A migration (`migrate.py`) leads to each number but the first."""

APPLICATION_ID = 0x5155495A
"""In a SQLite file's header: "QUIZ"."""

META = "SELECT key, value FROM meta"
SET_META = "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

# --- cards and acts ---

_CARD = f"SELECT uid, deck, question, {STATE_COLUMNS} FROM card"
CARD_BY_NAME = f"{_CARD} WHERE deck = :deck AND question = :question"
CARD_BY_UID = f"{_CARD} WHERE uid = :uid"
CARD_TO_ANSWER = f"SELECT uid, deck, question, {STATE_COLUMNS}, times FROM card WHERE uid = :uid"
CARDS_BY_UID = f"{_CARD} WHERE uid IN ({{uids}})"
CARDS = f"{_CARD} ORDER BY uid"
CARD_CACHE = "SELECT uid, times, median_ms, last_seq FROM card ORDER BY uid"
CARD_BORN = "SELECT born FROM card WHERE uid = :uid"
UID_TAKEN = "SELECT 1 FROM card WHERE uid = :uid UNION ALL SELECT 1 FROM joined WHERE uid = :uid"
ADD_CARD = (
    f"INSERT INTO card (uid, deck, question, born, {STATE_COLUMNS}, times, median_ms, last_seq) "
    f"VALUES (:uid, :deck, :question, :born, {bound(STATE_COLUMNS)}, '', NULL, 0)"
)
_SAVE = "UPDATE card SET " + ", ".join(f"{name} = :{name}" for name in STATE_COLUMNS.split(", "))
SAVE_CARD = f"{_SAVE}, last_seq = :last_seq WHERE uid = :uid"
SAVE_TIMED = f"{_SAVE}, times = :times, median_ms = :median_ms, last_seq = :last_seq WHERE uid = :uid"
NAME_CARD = "UPDATE card SET deck = :deck, question = :question WHERE uid = :uid"

_ACT_INSERT = ACT_COLUMNS.removeprefix("seq, ")
RULES = "SELECT value FROM meta WHERE key = 'rules'"
BEFORE_ACT = f"SELECT (SELECT order_ms FROM act ORDER BY seq DESC LIMIT 1), ({RULES})"
ADD_ACT = f"INSERT INTO act ({_ACT_INSERT}) VALUES ({bound(_ACT_INSERT)})"
ADD_REVIEW = f"INSERT INTO review (seq, {REVIEW_COLUMNS}) VALUES (:seq, {bound(REVIEW_COLUMNS)})"
ADD_RESPONSE = "INSERT INTO response (seq, text) VALUES (:seq, :text)"

_ACTS = (
    f"SELECT {aliased(ACT_COLUMNS, 'a')}, {aliased(REVIEW_COLUMNS, 'r')}, p.text FROM act a "
    "LEFT JOIN review r ON r.seq = a.seq LEFT JOIN response p ON p.seq = a.seq"
)
_STANDS = "NOT EXISTS (SELECT 1 FROM act u WHERE u.target = a.uuid AND u.type = 'undo')"
HISTORY = f"{_ACTS} WHERE a.card_uid = :uid ORDER BY a.seq"
ALL_ACTS = f"{_ACTS} ORDER BY a.card_uid, a.seq"
NEWEST_UNDOABLE = f"{_ACTS} WHERE a.learner = :learner AND a.type <> 'undo' AND {_STANDS} ORDER BY a.seq DESC LIMIT 1"
NEWEST_REVIEW = f"{_ACTS} WHERE a.learner = :learner AND a.type = 'review' AND {_STANDS} ORDER BY a.seq DESC LIMIT 1"
NEWEST_REVIEW_OF_CARD = (
    f"{_ACTS} WHERE a.card_uid = :uid AND a.type = 'review' AND {_STANDS} ORDER BY a.seq DESC LIMIT 1"
)
CHOICE_OF_DECK = "SELECT scheduler FROM card WHERE deck = :deck AND scheduler <> '' ORDER BY last_seq DESC LIMIT 1"
BROUGHT_ALONG = (
    f"{_ACTS} WHERE a.card_uid = :uid AND a.type = 'scheduler' AND a.value LIKE :ending AND {_STANDS} ORDER BY a.seq"
)
BATCHED_WITH = f"{_ACTS} WHERE a.target = :target AND a.type = :type AND a.uuid <> :uuid AND {_STANDS} ORDER BY a.seq"
SWITCHED_WITH = (
    f"{_ACTS} WHERE a.learner = :learner AND a.type = 'scheduler' AND a.value = :value AND a.uuid <> :uuid "
    f"AND {_STANDS} ORDER BY a.seq"
)
RENAMES_OF_CARD = (
    f"SELECT a.value FROM act a WHERE a.card_uid = :uid AND a.type = 'rename' AND {_STANDS} ORDER BY a.seq"
)
LIVE_ACTS_OF_CARD = f"SELECT 1 FROM act a WHERE a.card_uid = :uid AND a.type <> 'undo' AND {_STANDS} LIMIT 1"

# --- answer times ---

LAST_TIMES_OF_CARD = (
    "SELECT r.duration_ms FROM act a JOIN review r ON r.seq = a.seq "
    f"WHERE a.card_uid = :uid AND r.duration_ms IS NOT NULL AND {_STANDS} ORDER BY a.seq DESC LIMIT :most"
)
LAST_TIMES_ON_RUNG = LAST_TIMES_OF_CARD.replace("WHERE", "WHERE r.rung = :rung AND", 1)
LAST_TIMES_OF_KIND = (
    "SELECT r.duration_ms FROM review r JOIN act a ON a.seq = r.seq "
    "WHERE r.question_kind = :kind AND a.learner = :learner AND r.verdict = 'passed' AND r.duration_ms IS NOT NULL "
    f"AND {_STANDS} ORDER BY r.seq DESC LIMIT :most"
)
NEXT_KIND = "SELECT MIN(question_kind) FROM review WHERE question_kind > :kind"

# --- the log as columns ---

ANSWERS = (
    "SELECT a.seq, a.day * 8 + COALESCE(r.grade, 7) AS day_and_grade FROM act a LEFT JOIN review r ON r.seq = a.seq "
    "WHERE a.seq > :after AND (a.type = 'reset' OR (r.kind <> 'cram' AND (r.trial = 0 OR r.grade >= 3))) "
    "ORDER BY a.seq LIMIT :most"
)
"""Answers and resets in one walk: day and grade in one number, 7 for a reset."""
NEWEST_ACT = "SELECT seq, uuid FROM act ORDER BY seq DESC LIMIT 1"
ACTS_BY_CARD = "SELECT card_uid, COUNT(*), {seqs} FROM act GROUP BY card_uid ORDER BY card_uid"
"""The acts of each card, along the index that has no more in it than these."""
VOIDED_ANSWERS = (
    "SELECT t.seq FROM act u JOIN act t ON t.uuid = u.target WHERE u.type = 'undo' AND u.target IS NOT NULL "
    "AND t.type IN ('review', 'reset')"
)
LOAD = (
    "WITH RECURSIVE d (deck) AS (SELECT MIN(deck) FROM card UNION ALL "
    "SELECT (SELECT MIN(c.deck) FROM card c WHERE c.deck > d.deck) FROM d WHERE d.deck IS NOT NULL) "
    "SELECT c.due_day, COUNT(*) FROM d CROSS JOIN card c WHERE c.deck = d.deck "
    "AND c.due_day BETWEEN :low AND :high AND c.suspended = 0 GROUP BY c.due_day"
)
"""Cards due on each of a few days, deck by deck along one index."""
REGRADED = (
    f"SELECT t.seq, a.value FROM act a JOIN act t ON t.uuid = a.target WHERE a.type = 'overrule' "
    f"AND a.target IS NOT NULL AND {_STANDS} ORDER BY +a.seq"
)
"""The plus keeps SQLite from walking the whole log in that order: few acts have a target, and an index has those."""

# --- exams ---

EXAMS = "SELECT deck, exam_day, uid FROM card WHERE exam_day IS NOT NULL ORDER BY deck, exam_day DESC, uid"

EXAM_VALUE = (
    f"SELECT a.value FROM act a WHERE a.card_uid = :uid AND a.type = 'exam' AND {_STANDS} ORDER BY a.seq DESC LIMIT 1"
)
EXAM_OF_DECK = "SELECT uid, exam_day FROM card WHERE deck = :deck AND exam_day IS NOT NULL ORDER BY exam_day DESC, uid"
DECK_OF_CARD = "SELECT deck FROM card WHERE uid = :uid"

# --- parameter sets of schedulers ---

SETS = "SELECT id, weights FROM parameter_set WHERE scheduler = :scheduler"
NEWEST_SET = "SELECT weights FROM parameter_set WHERE scheduler = :scheduler ORDER BY at_ms DESC, id LIMIT 1"
KEEP_SET = (
    "INSERT INTO parameter_set (id, scheduler, weights, detail, at_ms) "
    "VALUES (:id, :scheduler, :weights, :detail, :at_ms) ON CONFLICT (id) DO NOTHING"
)

# --- figures ---

ASKED_ON = (
    "SELECT COUNT(CASE WHEN last_day = :day AND first_day <> :day THEN 1 END), "
    "COUNT(CASE WHEN first_day = :day THEN 1 END) FROM card WHERE last_day >= :day"
)
"""A card introduced that day was last answered then or later: one short walk along an index."""
NEWEST_DAYS = (
    f"SELECT a.day FROM act a WHERE a.learner = :learner AND a.type = 'review' AND {_STANDS} "
    "ORDER BY a.seq DESC LIMIT 4000"
)
CORRECTIONS = "SELECT type, card_uid, target, uuid, value FROM act WHERE target IS NOT NULL ORDER BY seq"
RESET_CARDS = "SELECT card_uid FROM act WHERE type = 'reset'"
"""Some twice: with DISTINCT, SQLite walks along an index from card to card, twenty times as long."""
NAMES = "SELECT uid, deck, question FROM card"
FIGURES = (
    "SELECT r.seq AS seq, (a.day * 8 + r.grade) * 4 + "
    "CASE r.kind WHEN 'review' THEN 0 WHEN 'ahead' THEN 1 WHEN 'drill' THEN 2 ELSE 3 END AS day_grade_kind, "
    "a.at_ms + 60000 * a.offset_min AS local_ms, COALESCE(r.duration_ms, -1) AS duration, "
    "COALESCE(r.planned_interval, -1) AS planned, {asked} AS asked "
    "FROM review r JOIN act a ON a.seq = r.seq WHERE r.seq > :after ORDER BY r.seq LIMIT :most"
)
"""What the figures need of each answer; day, grade and kind in one number, the local time in milliseconds."""
FORESEEN = "SELECT seq, predicted FROM review WHERE predicted IS NOT NULL ORDER BY seq"
MISTAKEN = "SELECT seq, mistake FROM review WHERE mistake <> '' ORDER BY seq"
"""Most answers hit no declared mistake."""
MISSED = (
    "SELECT c.deck, c.question, r.rung, a.day, r.detail FROM review r JOIN act a ON a.seq = r.seq "
    "JOIN card c ON c.uid = a.card_uid WHERE r.question_kind = :kind AND r.detail <> '{}' "
    f"AND {_STANDS} ORDER BY r.seq DESC LIMIT :most"
)
TOPICS = (
    "SELECT q.deck, q.question, q.kind, q.tags FROM compiled q WHERE q.status = 'ready' AND q.hash IN ({decks}) "
    "ORDER BY q.deck, q.position"
)
REVIEWS = (
    f"SELECT c.deck, c.question, {aliased(ACT_COLUMNS, 'a')}, {aliased(REVIEW_COLUMNS, 'r')}, p.text "
    "FROM review r JOIN act a ON a.seq = r.seq JOIN card c ON c.uid = a.card_uid "
    "LEFT JOIN response p ON p.seq = r.seq ORDER BY r.seq"
)
"""Not voided or not is sorted out by the caller, which knows the undos from CORRECTIONS."""

# --- decks ---

CHOICES = "SELECT deck, started FROM deck_choice"
CHOOSE = (
    "INSERT INTO deck_choice (deck, started, at_ms) VALUES (:deck, :started, :at_ms) "
    "ON CONFLICT (deck) DO UPDATE SET started = excluded.started, at_ms = excluded.at_ms"
)
FILE_COLUMNS = (
    "path, size, mtime_ns, content, parts, program, checked_at_ms, hash, deck, title, language, header, kinds, "
    "ready, drafts, error"
)
FILES = f"SELECT {FILE_COLUMNS} FROM deck_file"
FILE_STATES = "SELECT path, program, size, mtime_ns, parts, checked_at_ms, hash, deck, error FROM deck_file"
SAVE_FILE = (
    f"INSERT INTO deck_file ({FILE_COLUMNS}) VALUES ({bound(FILE_COLUMNS)}) ON CONFLICT (path) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in FILE_COLUMNS.split(", ")[1:])
)
DROP_FILE = "DELETE FROM deck_file WHERE path = :path"
COMPILED_COLUMNS = (
    "hash, question, deck, position, kind, status, data, line, minutes, tags, requires, grp, was, prompt_hash, "
    "grader_hash"
)
ADD_COMPILED = (
    f"INSERT INTO compiled ({COMPILED_COLUMNS}, introduced) VALUES ({bound(COMPILED_COLUMNS)}, "
    "(SELECT COUNT(*) FROM card c WHERE c.deck = :deck AND c.question = :question AND c.last_day IS NOT NULL))"
)
HAS_COMPILED = "SELECT 1 FROM compiled WHERE hash = :hash LIMIT 1"
PRUNE_COMPILED = "DELETE FROM compiled WHERE hash NOT IN (SELECT f.hash FROM deck_file f)"
_LACKS = (
    "NOT EXISTS (SELECT 1 FROM compiled q WHERE q.hash = {hash} AND q.question = {question} AND q.status = 'ready')"
)
ABSENT_FROM_VERSION = "INSERT INTO absent (hash, uid) SELECT :hash, c.uid FROM card c WHERE c.deck = :deck AND " + (
    _LACKS.format(hash=":hash", question="c.question")
)
PRUNE_ABSENT = "DELETE FROM absent WHERE hash NOT IN (SELECT f.hash FROM deck_file f)"
PRESENT = "DELETE FROM absent WHERE uid = :uid"
ABSENT = (
    "INSERT INTO absent (hash, uid) SELECT DISTINCT f.hash, :uid FROM deck_file f "
    "WHERE f.deck = :deck AND f.hash <> '' AND " + _LACKS.format(hash="f.hash", question=":question")
)
WRONG_ABSENT = (
    "SELECT c.deck, c.question FROM card c JOIN (SELECT DISTINCT hash, deck FROM deck_file WHERE hash <> '') f "
    "ON f.deck = c.deck LEFT JOIN compiled q ON q.hash = f.hash AND q.question = c.question AND q.status = 'ready' "
    "LEFT JOIN absent x ON x.hash = f.hash AND x.uid = c.uid "
    "WHERE (q.question IS NULL) <> (x.uid IS NOT NULL)"
)
MARK_INTRODUCED = (
    "UPDATE compiled SET introduced = (SELECT COUNT(*) FROM card c WHERE c.deck = :deck "
    "AND c.question = :question AND c.last_day IS NOT NULL) WHERE deck = :deck AND question = :question"
)
WRONG_MARKS = (
    "SELECT q.deck, q.question FROM compiled q LEFT JOIN card c ON c.deck = q.deck AND c.question = q.question "
    "WHERE q.introduced <> CASE WHEN c.last_day IS NULL THEN 0 ELSE 1 END"
)

# --- the log between databases ---

EXPORT_CARDS = f"SELECT uid, born, deck, question, {STATE_COLUMNS} FROM card ORDER BY uid"
EXPORT_ACTS = f"{_ACTS} ORDER BY a.seq"
COUNT_ACTS = "SELECT COUNT(*) FROM act"
COUNT_CARDS = "SELECT COUNT(*) FROM card"
EXPORT_CHOICES = "SELECT deck, started, at_ms FROM deck_choice ORDER BY deck"
EXPORT_SETS = "SELECT id, scheduler, weights, detail, at_ms FROM parameter_set ORDER BY id"
LAST_SEQ = "SELECT COALESCE(MAX(seq), 0) FROM act"
TAKE_ACT = f"INSERT INTO act ({_ACT_INSERT}) VALUES ({bound(_ACT_INSERT)}) ON CONFLICT (uuid) DO NOTHING RETURNING seq"
TAKE_CARD = ADD_CARD.removesuffix(")") + ") ON CONFLICT (uid) DO NOTHING RETURNING uid"
TAKE_CHOICE = f"{CHOOSE} WHERE excluded.at_ms > deck_choice.at_ms RETURNING deck"
TAKE_SET = f"{KEEP_SET} RETURNING id"
EARLIEST_AFTER = "SELECT MIN(order_ms) FROM act WHERE seq > :base"
IS_OUT_OF_ORDER = (
    "SELECT 1 FROM (SELECT order_ms, uuid, LAG(order_ms) OVER (ORDER BY seq) AS earlier_ms, "
    "LAG(uuid) OVER (ORDER BY seq) AS earlier FROM act WHERE order_ms >= :earliest) t "
    "WHERE earlier_ms > order_ms OR (earlier_ms = order_ms AND earlier > uuid) LIMIT 1"
)
NEW_ORDER = (
    "CREATE TEMPORARY TABLE moved AS SELECT seq AS old, "
    "(SELECT MAX(seq) FROM act) + ROW_NUMBER() OVER (ORDER BY order_ms, uuid) AS new "
    "FROM act WHERE order_ms >= {earliest}"
)
"""`{earliest}` is a whole number of our own: a statement that makes a table takes no parameters on a server."""
NEW_ORDER_KEY = "CREATE UNIQUE INDEX {schema}moved_old ON moved (old)"
RENUMBER = (
    "UPDATE {table} SET seq = (SELECT m.new FROM moved m WHERE m.old = {table}.seq) "
    "WHERE seq IN (SELECT m.old FROM moved m)"
)
CARDS_SINCE = "SELECT DISTINCT card_uid FROM act WHERE seq > :base"
RENAMED_SINCE = (
    "SELECT DISTINCT a.card_uid FROM act a LEFT JOIN act t ON t.uuid = a.target "
    "WHERE a.seq > :base AND (a.type = 'rename' OR t.type = 'rename')"
)
JOINED = "SELECT uid, card_uid FROM joined ORDER BY uid"
JOIN_CARD = (
    "INSERT INTO joined (uid, card_uid) VALUES (:uid, :to) ON CONFLICT (uid) DO UPDATE SET card_uid = excluded.card_uid"
)
JOIN_FURTHER = "UPDATE joined SET card_uid = :to WHERE card_uid = :uid"
HAS_ACTS = "SELECT 1 FROM act WHERE card_uid = :uid LIMIT 1"
REHOME = "UPDATE act SET card_uid = :to WHERE card_uid = :uid"
DROP_CARD = "DELETE FROM card WHERE uid = :uid"

# --- what is due: {decks} stands for the loaded deck versions, {slugs} for their slugs, {loaded} for
# both, in pairs ---

_CANDIDATE = (
    "q.deck, q.question, c.uid, q.kind, q.minutes, c.median_ms, c.due_day, c.interval_days, c.repetition, q.grp, "
    "q.requires, q.tags, q.position, q.prompt_hash, q.grader_hash, "
    "c.rung, c.last_grade, c.reviews, c.streak, c.last_day"
)
_IN_USE = (
    "v CROSS JOIN card c CROSS JOIN compiled q "
    "WHERE c.deck = v.deck AND q.hash = v.hash AND q.question = c.question AND q.status = 'ready'"
)
"""CROSS JOIN tells SQLite in which order to walk; without figures of its own it would walk every question."""
_WITH = "WITH v (deck, hash) AS (VALUES {loaded}) SELECT"
_AWAKE = "c.suspended = 0 AND (c.buried_until IS NULL OR c.buried_until <= :day)"
DUE = f"{_WITH} {_CANDIDATE} FROM {_IN_USE} AND c.due_day <= :day AND {_AWAKE} ORDER BY c.due_day, c.uid"
OF_KINDS = "SELECT t.* FROM ({sql}) t WHERE t.kind IN ({kinds})"
DUE_COSTS = DUE.replace(
    "q.requires, q.tags, q.position, q.prompt_hash, q.grader_hash", "'[]', '[]', 0, '', ''"
).replace(" ORDER BY c.due_day, c.uid", "")
"""The same cards in no order, with what their time and their urgency depend on and nothing else."""
AHEAD = (
    f"{_WITH} {_CANDIDATE} FROM {_IN_USE} AND c.due_day > :day AND c.due_day <= :last AND {_AWAKE} "
    "ORDER BY c.due_day, c.uid"
)
_DAYS = "(CASE WHEN c.interval_days < 1 THEN 1 ELSE c.interval_days END)"
_REACH = f"(10.0 * {_DAYS} + :day - c.due_day)"
FIRST = {
    "worth": f"{_DAYS} / ({_REACH} * ({_REACH} + 7.0)) DESC",
    "overdue": f"(:day - c.due_day) * 1.0 / {_DAYS} DESC",
    "day": "c.due_day",
}
"""The orders of due cards, as `scheduling.queue.urgency` has them, a minute each. Only the index is read for them."""
MOST = (
    "WITH v (deck, hash) AS (VALUES {loaded}), "
    f"t (uid, hash) AS (SELECT c.uid, v.hash FROM v CROSS JOIN card c "
    f"WHERE c.deck = v.deck AND c.due_day > :first AND c.due_day <= :last AND {_AWAKE} ORDER BY {{order}} "
    f"LIMIT :most) SELECT {_CANDIDATE} FROM t CROSS JOIN card c CROSS JOIN compiled q "
    "WHERE c.uid = t.uid AND q.hash = t.hash AND q.question = c.question AND q.status = 'ready'"
)
"""The first of the cards that come due in a span of days; without those whose question the loaded version lacks.

The order has no last word on ties: naming the uid would read every row that is due."""
STUDIED = (
    f"{_WITH} {_CANDIDATE}, {aliased(STATE_COLUMNS, 'c')} FROM {_IN_USE} AND c.last_day IS NOT NULL "
    "AND c.suspended = 0 ORDER BY q.deck, q.position"
)
"""Every card in use that was reviewed, with its whole state."""
COUNT_ABSENT = "SELECT COUNT(*) FROM absent WHERE hash IN ({decks})"
GROUPS_ON = (
    "WITH v (deck, hash) AS (VALUES {loaded}) SELECT DISTINCT q.grp FROM card c CROSS JOIN v CROSS JOIN compiled q "
    "WHERE c.last_day = :day AND v.deck = c.deck AND q.hash = v.hash AND q.question = c.question AND q.grp <> ''"
)
NEW = (
    f"SELECT {_CANDIDATE} FROM compiled q LEFT JOIN card c ON c.deck = q.deck AND c.question = q.question "
    "WHERE q.introduced = 0 AND q.status = 'ready' AND q.hash IN ({decks}) "
    "AND (c.uid IS NULL OR (c.suspended = 0 AND (c.buried_until IS NULL OR c.buried_until <= :day))) "
    "ORDER BY q.deck, q.position"
)
COUNT_NEW = (
    "SELECT q.hash, COUNT(*) FROM compiled q "
    "WHERE q.introduced = 0 AND q.status = 'ready' AND q.hash IN ({decks}) GROUP BY q.hash"
)
COUNT_NEW_ASLEEP = f"{_WITH} q.hash, COUNT(*) FROM {_IN_USE} AND c.due_day IS NULL AND NOT ({_AWAKE}) GROUP BY q.hash"
_TALLIED = "c.due_day <= :last AND c.suspended = 0"
TALLY = (
    "SELECT c.deck, c.due_day, COUNT(*), COUNT(c.buried_until) FROM card c "
    f"WHERE c.deck IN ({{slugs}}) AND {_TALLIED} GROUP BY c.deck, c.due_day"
)
"""One walk along one index, in its order. Buried cards are in it, and cards whose question the loaded version lacks:
TALLY_BURIED and TALLY_ABSENT put that right."""
TALLY_BURIED = (
    "SELECT c.deck, c.due_day, c.buried_until, COUNT(*) FROM card c "
    f"WHERE c.deck IN ({{slugs}}) AND {_TALLIED} AND c.buried_until > :day GROUP BY c.deck, c.due_day, c.buried_until"
)
TALLY_ABSENT = (
    "SELECT c.deck, c.due_day, c.buried_until, COUNT(*) FROM absent x JOIN card c ON c.uid = x.uid "
    f"WHERE x.hash IN ({{decks}}) AND {_TALLIED} GROUP BY c.deck, c.due_day, c.buried_until"
)
QUESTION = (
    "SELECT deck, question, kind, status, data, line, position, prompt_hash, grader_hash FROM compiled "
    "WHERE hash = :hash AND question = :question"
)
CARD_NAMES = "SELECT q.deck, q.question FROM compiled q WHERE q.hash IN ({decks}) ORDER BY q.deck, q.position"
OLD_NAMES = "SELECT q.deck, q.question, q.was FROM compiled q WHERE q.hash IN ({decks}) AND q.was <> '[]'"
LOOKALIKES = (
    "SELECT DISTINCT c.deck, c.question, q.deck, q.question FROM absent x JOIN card c ON c.uid = x.uid "
    "JOIN review r ON r.seq = (SELECT MAX(v.seq) FROM act b JOIN review v ON v.seq = b.seq WHERE b.card_uid = c.uid) "
    "JOIN compiled q ON q.grader_hash = r.grader_hash AND q.prompt_hash = r.prompt_hash "
    "WHERE c.last_day IS NOT NULL AND r.prompt_hash <> '' AND x.hash IN ({decks}) AND q.hash IN ({decks}) "
    "AND q.introduced = 0 AND q.status = 'ready' ORDER BY c.deck, c.question, q.deck, q.question"
)
"""A question that is gone, and one never asked with the same prompt and the same grading."""
QUESTION_ANYWHERE = (
    "SELECT q.deck, q.question, q.kind, q.status, q.data, q.line, q.position, q.prompt_hash, q.grader_hash "
    "FROM compiled q JOIN deck_file f ON f.hash = q.hash WHERE q.deck = :deck AND q.question = :question "
    "AND NOT EXISTS (SELECT 1 FROM compiled o WHERE o.hash = :hash)"
)
"""For a session whose version of the deck another program has replaced meanwhile."""
IS_INTRODUCED = "SELECT 1 FROM card WHERE deck = :deck AND question = :question AND last_day IS NOT NULL"

# --- outputs of references ---

OUTPUT = "SELECT value FROM output WHERE key = :key"
KEEP_OUTPUT = (
    "INSERT INTO output (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
TRIM_OUTPUTS = """
DELETE FROM output WHERE key IN (
    SELECT key FROM output WHERE key <> :key ORDER BY LENGTH(value) DESC, key LIMIT :most
) AND (SELECT SUM(LENGTH(value)) FROM output) > :bytes
"""
