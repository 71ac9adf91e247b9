-- What is indexed in place of the title, the abstract and the authors, if that is another text (see
-- `assistant.text.scripts.search_text`). NULL if it is the same.
ALTER TABLE papers ADD COLUMN title_searched TEXT;
ALTER TABLE papers ADD COLUMN abstract_searched TEXT;
ALTER TABLE papers ADD COLUMN authors_searched TEXT;

CREATE VIEW searched AS SELECT
    number,
    coalesce(title_searched, title) AS title,
    coalesce(abstract_searched, abstract) AS abstract,
    coalesce(authors_searched, authors) AS authors,
    editors, venue, year, published, publisher, keywords, citation_key, doi, arxiv_id, ids
FROM papers;

DROP TRIGGER IF EXISTS paper_inserted;
DROP TRIGGER IF EXISTS paper_deleted;
DROP TRIGGER IF EXISTS paper_updated;
DROP TABLE IF EXISTS words;
CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract,
    content = 'searched', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO words (words) VALUES ('rebuild');
CREATE TRIGGER paper_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO words (rowid, title, abstract) VALUES (
        new.number, coalesce(new.title_searched, new.title),
        coalesce(new.abstract_searched, new.abstract)
    );
END;
CREATE TRIGGER paper_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO words (words, rowid, title, abstract) VALUES (
        'delete', old.number, coalesce(old.title_searched, old.title),
        coalesce(old.abstract_searched, old.abstract)
    );
END;
CREATE TRIGGER paper_updated AFTER UPDATE OF
    title, abstract, title_searched, abstract_searched
ON papers BEGIN
    INSERT INTO words (words, rowid, title, abstract) VALUES (
        'delete', old.number, coalesce(old.title_searched, old.title),
        coalesce(old.abstract_searched, old.abstract)
    );
    INSERT INTO words (rowid, title, abstract) VALUES (
        new.number, coalesce(new.title_searched, new.title),
        coalesce(new.abstract_searched, new.abstract)
    );
END;

DROP TRIGGER IF EXISTS paper_metadata_inserted;
DROP TRIGGER IF EXISTS paper_metadata_deleted;
DROP TRIGGER IF EXISTS paper_metadata_updated;
DROP TABLE IF EXISTS metadata_words;
CREATE VIRTUAL TABLE metadata_words USING fts5 (
    authors, editors, venue, year, published, publisher, keywords, citation_key, doi, arxiv_id, ids,
    content = 'searched', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO metadata_words (metadata_words) VALUES ('rebuild');
CREATE TRIGGER paper_metadata_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO metadata_words (
        rowid, authors, editors, venue, year, published, publisher, keywords, citation_key, doi,
        arxiv_id, ids
    ) VALUES (
        new.number, coalesce(new.authors_searched, new.authors), new.editors, new.venue, new.year,
        new.published, new.publisher, new.keywords, new.citation_key, new.doi, new.arxiv_id, new.ids
    );
END;
CREATE TRIGGER paper_metadata_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO metadata_words (
        metadata_words, rowid, authors, editors, venue, year, published, publisher, keywords,
        citation_key, doi, arxiv_id, ids
    ) VALUES (
        'delete', old.number, coalesce(old.authors_searched, old.authors), old.editors, old.venue,
        old.year, old.published, old.publisher, old.keywords, old.citation_key, old.doi,
        old.arxiv_id, old.ids
    );
END;
CREATE TRIGGER paper_metadata_updated AFTER UPDATE OF
    authors, editors, venue, year, published, publisher, keywords, citation_key, doi, arxiv_id, ids,
    authors_searched
ON papers BEGIN
    INSERT INTO metadata_words (
        metadata_words, rowid, authors, editors, venue, year, published, publisher, keywords,
        citation_key, doi, arxiv_id, ids
    ) VALUES (
        'delete', old.number, coalesce(old.authors_searched, old.authors), old.editors, old.venue,
        old.year, old.published, old.publisher, old.keywords, old.citation_key, old.doi,
        old.arxiv_id, old.ids
    );
    INSERT INTO metadata_words (
        rowid, authors, editors, venue, year, published, publisher, keywords, citation_key, doi,
        arxiv_id, ids
    ) VALUES (
        new.number, coalesce(new.authors_searched, new.authors), new.editors, new.venue, new.year,
        new.published, new.publisher, new.keywords, new.citation_key, new.doi, new.arxiv_id, new.ids
    );
END;

PRAGMA user_version = 4;
