-- The ids that a paper may have elsewhere (from its arXiv id, DOI and title), to recognise duplicates.
CREATE TABLE IF NOT EXISTS keys (
    key TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    PRIMARY KEY (key, paper)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_paper ON keys (paper);

-- The vectors of sentences, as 16-bit floats. They are looked up by chunk id and never searched, so
-- they need no index in memory.
CREATE TABLE sentence_vectors (
    chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
-- The sentence vectors of existing papers are computed when the library is next opened.
UPDATE papers SET indexed = 0;

DROP TRIGGER chunk_deleted;
CREATE TRIGGER chunk_deleted AFTER DELETE ON chunks WHEN old.level <> 'sentence' BEGIN
    INSERT OR IGNORE INTO stale_vectors VALUES (old.id, old.level);
END;

PRAGMA user_version = 2;
