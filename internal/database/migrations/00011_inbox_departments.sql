-- +goose Up

-- A note may be for a department of the unit: then only its accounts see it. Empty: for those who
-- answer for the unit.
ALTER TABLE inbox_messages ADD COLUMN department TEXT NOT NULL DEFAULT '';
DROP INDEX inbox_messages_unit_idx;
CREATE INDEX inbox_messages_unit_idx ON inbox_messages (unit_code, department, id);
