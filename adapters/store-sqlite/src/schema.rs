//! The schema, as numbered migrations. One that was released is never changed: a change is
//! a new migration.

use crate::migrate::Migration;

/// All migrations, from number 1 without gap.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        sql: FIRST,
    },
    Migration {
        number: 2,
        sql: WORDS,
    },
    Migration {
        number: 3,
        sql: FOUND,
    },
    Migration {
        number: 4,
        sql: FORWARDS,
    },
];

/// The newest entry comes first, so that FTS5 walks its lists forwards. Parts of the words index
/// that are alike in size are merged by twos while nothing else is written: each part costs
/// every search a look.
const FORWARDS: &str = "
CREATE TABLE turned (
    id INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    record BLOB NOT NULL,
    time INTEGER NOT NULL,
    tokens TEXT NOT NULL,
    UNIQUE (journal, position)
) STRICT;
INSERT INTO turned
    SELECT 9223372036854775807 - id, journal, position, record, time, tokens
    FROM worded ORDER BY id DESC;
DROP TABLE worded;
ALTER TABLE turned RENAME TO worded;
INSERT INTO words (words) VALUES ('rebuild');
INSERT INTO words (words, rank) VALUES ('usermerge', 2);
";

/// What a search shows of an entry stands beside its tokens, so that a hit is one row. An entry
/// with words is never erased: its words go first.
const FOUND: &str = "
CREATE TABLE found (
    id INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    record BLOB NOT NULL,
    time INTEGER NOT NULL,
    tokens TEXT NOT NULL,
    UNIQUE (journal, position)
) STRICT;
INSERT INTO found
    SELECT worded.id, worded.journal, worded.position, record, time, tokens
    FROM worded JOIN leaves USING (journal, position);
DROP TABLE worded;
ALTER TABLE found RENAME TO worded;
";

/// Words of entries, as keyed hashes. The row number sorts as release time does, so that no
/// search sorts. The tokens stand in `worded` too, because only who names them can take them
/// out of the index, and the index scrubs what is taken out.
const WORDS: &str = "
CREATE TABLE worded (
    id INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    tokens TEXT NOT NULL,
    UNIQUE (journal, position)
) STRICT;
CREATE VIRTUAL TABLE words USING fts5(
    tokens, content = 'worded', content_rowid = 'id', detail = 'none', tokenize = 'ascii'
);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
";

/// Small rows of leaves lie by journal and index; envelopes lie apart in the order of
/// arrival, so that every append goes to the end of one tree whatever the journal, and leaves
/// are read without them. `time` outlives the content; `erased` is set once it is destroyed.
/// `contents` has no foreign key because a delete would search all leaves; `check` looks.
const FIRST: &str = "
CREATE TABLE parties (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE journals (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES parties,
    size INTEGER NOT NULL DEFAULT 0,
    root BLOB,
    frontier BLOB,
    checkpoint BLOB,
    UNIQUE (party, channel)
) STRICT;

CREATE TABLE leaves (
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    party INTEGER NOT NULL,
    commitment BLOB NOT NULL,
    record BLOB,
    time INTEGER,
    erased INTEGER,
    content INTEGER,
    PRIMARY KEY (journal, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX leaves_by_record ON leaves (record, party) WHERE record IS NOT NULL;
CREATE INDEX leaves_by_time ON leaves (journal, time, record, erased)
    WHERE record IS NOT NULL;

CREATE TABLE contents (
    id INTEGER PRIMARY KEY,
    salt BLOB NOT NULL,
    content_key BLOB NOT NULL,
    envelope BLOB NOT NULL
) STRICT;

CREATE TABLE tiles (
    journal INTEGER NOT NULL REFERENCES journals,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (journal, level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE cosigned (
    journal INTEGER NOT NULL REFERENCES journals,
    party INTEGER NOT NULL REFERENCES parties,
    size INTEGER NOT NULL,
    time INTEGER NOT NULL,
    note BLOB NOT NULL,
    PRIMARY KEY (journal, party, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    party INTEGER NOT NULL REFERENCES parties,
    batch INTEGER NOT NULL,
    line INTEGER NOT NULL,
    time INTEGER NOT NULL,
    said TEXT NOT NULL,
    code TEXT,
    PRIMARY KEY (journal, position, party, batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE needs (
    journal INTEGER NOT NULL REFERENCES journals,
    position INTEGER NOT NULL,
    blob BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    PRIMARY KEY (journal, position, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX needs_by_blob ON needs (blob, complete);
CREATE INDEX needs_missing ON needs (journal, position) WHERE complete = 0;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (kind, key)
) STRICT;

CREATE TABLE idempotency (
    key BLOB PRIMARY KEY,
    record BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";
