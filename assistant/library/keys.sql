-- What each paper may be called elsewhere (its arXiv id, its DOI, its titles), to tell that a paper
-- is there already. Libraries made before there was this table get it when they are opened.
CREATE TABLE IF NOT EXISTS keys (
    key TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers (number) ON DELETE CASCADE,
    PRIMARY KEY (key, paper)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_paper ON keys (paper);
