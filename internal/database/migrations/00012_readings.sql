-- +goose Up

-- What an office says of how the pack reads the notices' words (口径), one line each, never
-- changed. number counts the lines of a unit about a reading; print and wording are what the pack
-- said then.
CREATE TABLE reading_sayings (
    unit_code  BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    reading    TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    content    TEXT NOT NULL,
    print      TEXT NOT NULL,
    wording    TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT reading_sayings_pkey PRIMARY KEY (unit_code, number, reading),
    CONSTRAINT reading_sayings_verdict_check CHECK (verdict IN ('agree', 'otherwise', 'retract'))
) /*strict*/;
