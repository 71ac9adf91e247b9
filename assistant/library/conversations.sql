-- The conversations held about a library, what people thought of the answers, the chat's settings.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,            -- the name that a person logged in with; empty without a login
    title TEXT NOT NULL,
    changed REAL NOT NULL,          -- seconds since 1970
    removal TEXT                    -- what brings it back; NULL while it is there
);

CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- of two with the same position the older comes first
    text TEXT NOT NULL,             -- what a search looks in
    content TEXT NOT NULL,          -- the whole exchange, as JSON
    helpful INTEGER,                -- 1, 0, or NULL if nobody said
    correction TEXT NOT NULL DEFAULT '',
    unanswerable INTEGER NOT NULL DEFAULT 0,    -- 1 if somebody said that the papers do not say
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
