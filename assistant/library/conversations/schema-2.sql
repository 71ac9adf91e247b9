-- An edited or repeated question is another version of its turn: an exchange that follows the same
-- one. The exchanges of a conversation are therefore a tree, no longer a list in order of position.

ALTER TABLE exchanges ADD COLUMN follows INTEGER NOT NULL DEFAULT 0;    -- a number; 0 for the first turn
ALTER TABLE exchanges ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0;     -- the version with the highest value is shown

UPDATE exchanges SET follows = ifnull((
    SELECT earlier.number FROM exchanges AS earlier
    WHERE earlier.conversation = exchanges.conversation AND earlier.removal IS NULL
    AND (earlier.position, earlier.number) < (exchanges.position, exchanges.number)
    ORDER BY earlier.position DESC, earlier.number DESC LIMIT 1
), 0);

DROP INDEX exchanges_of_conversation;
ALTER TABLE exchanges DROP COLUMN position;
CREATE INDEX exchanges_of_conversation ON exchanges (conversation, number);

PRAGMA user_version = 2;
