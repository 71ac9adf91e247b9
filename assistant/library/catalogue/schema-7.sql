-- The PDF of a paper: its SHA-256, which names the file in the folder `pdfs`, and the number of the
-- page on which the abstract begins. NULL if there is none.
ALTER TABLE papers ADD COLUMN pdf TEXT;
ALTER TABLE papers ADD COLUMN abstract_page INTEGER;
CREATE INDEX papers_with_pdf ON papers (pdf) WHERE pdf IS NOT NULL;

PRAGMA user_version = 7;
