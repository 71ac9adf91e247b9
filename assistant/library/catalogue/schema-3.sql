-- The details of papers (see `Paper`). NULL if unknown.
ALTER TABLE papers ADD COLUMN type TEXT;
ALTER TABLE papers ADD COLUMN venue TEXT;
ALTER TABLE papers ADD COLUMN published TEXT;
ALTER TABLE papers ADD COLUMN volume TEXT;
ALTER TABLE papers ADD COLUMN issue TEXT;
ALTER TABLE papers ADD COLUMN pages TEXT;
ALTER TABLE papers ADD COLUMN publisher TEXT;
ALTER TABLE papers ADD COLUMN keywords TEXT;        -- a JSON list
ALTER TABLE papers ADD COLUMN citation_key TEXT;
ALTER TABLE papers ADD COLUMN language TEXT;
ALTER TABLE papers ADD COLUMN editors TEXT;         -- a JSON list
ALTER TABLE papers ADD COLUMN names TEXT;           -- a JSON list of objects
ALTER TABLE papers ADD COLUMN ids TEXT;             -- a JSON object

-- The words of everything but title and abstract. They have an index of their own, so that they do
-- not change the scores of papers in retrieval. Names are not stemmed.
CREATE VIRTUAL TABLE metadata_words USING fts5 (
    authors, editors, venue, year, published, publisher, keywords, citation_key, doi, arxiv_id, ids,
    content = 'papers', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO metadata_words (metadata_words) VALUES ('rebuild');
CREATE TRIGGER paper_metadata_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO metadata_words (
        rowid, authors, editors, venue, year, published, publisher, keywords, citation_key, doi,
        arxiv_id, ids
    ) VALUES (
        new.number, new.authors, new.editors, new.venue, new.year, new.published, new.publisher,
        new.keywords, new.citation_key, new.doi, new.arxiv_id, new.ids
    );
END;
CREATE TRIGGER paper_metadata_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO metadata_words (
        metadata_words, rowid, authors, editors, venue, year, published, publisher, keywords,
        citation_key, doi, arxiv_id, ids
    ) VALUES (
        'delete', old.number, old.authors, old.editors, old.venue, old.year, old.published,
        old.publisher, old.keywords, old.citation_key, old.doi, old.arxiv_id, old.ids
    );
END;
CREATE TRIGGER paper_metadata_updated AFTER UPDATE OF
    authors, editors, venue, year, published, publisher, keywords, citation_key, doi, arxiv_id, ids
ON papers BEGIN
    INSERT INTO metadata_words (
        metadata_words, rowid, authors, editors, venue, year, published, publisher, keywords,
        citation_key, doi, arxiv_id, ids
    ) VALUES (
        'delete', old.number, old.authors, old.editors, old.venue, old.year, old.published,
        old.publisher, old.keywords, old.citation_key, old.doi, old.arxiv_id, old.ids
    );
    INSERT INTO metadata_words (
        rowid, authors, editors, venue, year, published, publisher, keywords, citation_key, doi,
        arxiv_id, ids
    ) VALUES (
        new.number, new.authors, new.editors, new.venue, new.year, new.published, new.publisher,
        new.keywords, new.citation_key, new.doi, new.arxiv_id, new.ids
    );
END;

-- Merges of a record into a stored paper, to undo them.
CREATE TABLE merges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paper INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    before TEXT NOT NULL,   -- the stored paper before, as JSON
    merged TEXT NOT NULL    -- the record merged into it, as JSON
);
CREATE INDEX merges_of_paper ON merges (paper);

-- Pairs of papers that are not the same, whatever their ids and titles.
CREATE TABLE kept_apart (
    one INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

PRAGMA user_version = 3;
