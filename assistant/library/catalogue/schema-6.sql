-- The fields of records that no other column is for: a JSON object, NULL without any. They are in no
-- word index.
ALTER TABLE papers ADD COLUMN extra TEXT;

PRAGMA user_version = 6;
