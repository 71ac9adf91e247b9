-- The record of truth of a library. The vectors in Chroma are derived from it.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE papers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    authors TEXT NOT NULL,              -- a JSON list
    year INTEGER,
    url TEXT,
    doi TEXT,
    arxiv_id TEXT,
    source TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0  -- 1 once the vectors of its chunks are stored
);
CREATE INDEX papers_to_index ON papers (indexed) WHERE indexed = 0;

CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never reused, so that a stale vector cannot match a new chunk
    paper INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    level TEXT NOT NULL CHECK (level IN ('abstract', 'chunk', 'sentence')),
    start INTEGER NOT NULL,                 -- in characters of the abstract
    end INTEGER NOT NULL
);
CREATE INDEX chunks_of_paper ON chunks (paper);

-- Vectors whose chunk is deleted. A row is removed once its vector is deleted too.
CREATE TABLE stale_vectors (
    chunk INTEGER PRIMARY KEY,
    level TEXT NOT NULL
);
CREATE TRIGGER chunk_deleted AFTER DELETE ON chunks BEGIN
    INSERT OR IGNORE INTO stale_vectors VALUES (old.id, old.level);
END;

CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract,
    content = 'papers', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER paper_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO words (rowid, title, abstract) VALUES (new.number, new.title, new.abstract);
END;
CREATE TRIGGER paper_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO words (words, rowid, title, abstract)
    VALUES ('delete', old.number, old.title, old.abstract);
END;
CREATE TRIGGER paper_updated AFTER UPDATE OF title, abstract ON papers BEGIN
    INSERT INTO words (words, rowid, title, abstract)
    VALUES ('delete', old.number, old.title, old.abstract);
    INSERT INTO words (rowid, title, abstract) VALUES (new.number, new.title, new.abstract);
END;

PRAGMA user_version = 1;
