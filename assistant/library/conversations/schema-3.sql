-- The answers that users saved. They are copies, because they outlive their conversations.

CREATE TABLE saved_answers (
    exchange INTEGER PRIMARY KEY,   -- the number of the exchange; numbers are never used again
    owner TEXT NOT NULL,            -- the name of the user; empty without a login
    conversation TEXT NOT NULL,     -- the id of the conversation, which may have been deleted
    title TEXT NOT NULL,            -- the title of the conversation
    saved REAL NOT NULL,            -- seconds since 1970
    note TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,             -- the text to search in
    content TEXT NOT NULL,          -- the whole exchange, as JSON
    removal TEXT                    -- the token that restores it; NULL if it is not removed
);
CREATE INDEX saved_answers_of_owner ON saved_answers (owner, saved);

CREATE TRIGGER conversation_renamed AFTER UPDATE OF title ON conversations BEGIN
    UPDATE saved_answers SET title = new.title WHERE conversation = new.id;
END;

PRAGMA user_version = 3;
