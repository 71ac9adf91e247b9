-- What each paper may be called elsewhere (its arXiv id, its DOI, its titles), to tell that a paper
-- is there already.
CREATE TABLE IF NOT EXISTS keys (
    key TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    PRIMARY KEY (key, paper)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_paper ON keys (paper);

-- The vectors of sentences, 16-bit floats. They are looked up by the sentence and never searched, so
-- no index of them has to stay in memory.
CREATE TABLE sentence_vectors (
    chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
-- Those of papers that are there already are made at the next opening.
UPDATE papers SET indexed = 0;

DROP TRIGGER chunk_deleted;
CREATE TRIGGER chunk_deleted AFTER DELETE ON chunks WHEN old.level <> 'sentence' BEGIN
    INSERT OR IGNORE INTO stale_vectors VALUES (old.id, old.level);
END;

PRAGMA user_version = 2;
