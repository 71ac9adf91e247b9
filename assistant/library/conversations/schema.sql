-- The conversations about a library, the feedback on answers, and the chat's settings.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,            -- the name of the user; empty without a login
    title TEXT NOT NULL,
    changed REAL NOT NULL,          -- seconds since 1970
    removal TEXT                    -- the token that restores it; NULL if it is not removed
);

CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- exchanges at the same position are in order of number
    text TEXT NOT NULL,             -- the text to search in
    content TEXT NOT NULL,          -- the whole exchange, as JSON
    helpful INTEGER,                -- 1, 0, or NULL without feedback
    correction TEXT NOT NULL DEFAULT '',
    unanswerable INTEGER NOT NULL DEFAULT 0,    -- 1 if the user said that the papers do not contain the answer
    removal TEXT
);
CREATE INDEX exchanges_of_conversation ON exchanges (conversation, position, number);

CREATE VIRTUAL TABLE words USING fts5 (
    text,
    content = 'exchanges', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER exchange_inserted AFTER INSERT ON exchanges BEGIN
    INSERT INTO words (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER exchange_deleted AFTER DELETE ON exchanges BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER exchange_updated AFTER UPDATE OF text ON exchanges BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.number, old.text);
    INSERT INTO words (rowid, text) VALUES (new.number, new.text);
END;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

PRAGMA user_version = 1;
