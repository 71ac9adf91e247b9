-- What people note about papers. `paper` is the id of a paper, also of one that was removed: it has
-- its annotations again once it is added again. `owner` is the name of an account, or empty.

CREATE TABLE labels (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'collection', 'read')),
    name TEXT NOT NULL COLLATE NOCASE,      -- empty for the mark 'read'
    paper TEXT NOT NULL,
    PRIMARY KEY (owner, kind, name, paper)
) WITHOUT ROWID;
CREATE INDEX labels_of_paper ON labels (paper);

CREATE TABLE notes (
    owner TEXT NOT NULL,
    paper TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, paper)
) WITHOUT ROWID;
CREATE INDEX notes_of_paper ON notes (paper);

-- The keys of removed papers with annotations, because a paper may come back with another id.
CREATE TABLE former_keys (
    key TEXT NOT NULL,
    paper TEXT NOT NULL,
    PRIMARY KEY (key, paper)
) WITHOUT ROWID;
CREATE INDEX former_keys_of_paper ON former_keys (paper);

PRAGMA user_version = 5;
