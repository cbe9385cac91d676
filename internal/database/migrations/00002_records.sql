-- +goose Up

-- What is done on the ground, one line per version, never changed. id is the seq of a record's
-- first version; facts are JSON by the fields of the kind, figures as whole numbers, money in 分.
CREATE TABLE record_versions (
    county        BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    seq           BIGINT NOT NULL,
    kind          TEXT NOT NULL,
    unit_code     BIGINT NOT NULL,
    took_part     TEXT NOT NULL,
    day           BIGINT NOT NULL,
    until_day     BIGINT NOT NULL,
    facts         TEXT NOT NULL,
    status        TEXT NOT NULL,
    pointed       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    dispute       TEXT NOT NULL,
    from_unit     BIGINT NOT NULL,
    source        TEXT NOT NULL,
    source_detail TEXT NOT NULL,
    account_id    BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    CONSTRAINT record_versions_pkey PRIMARY KEY (county, id, version),
    CONSTRAINT record_versions_status_check CHECK (status IN ('standing', 'approved', 'withdrawn'))
) /*clustered*/;
CREATE UNIQUE INDEX record_versions_seq_idx ON record_versions (seq);

-- Which version of a record is the latest, and what lists look for: moved on with each version.
CREATE TABLE records (
    id        BIGINT NOT NULL,
    county    BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    unit_code BIGINT NOT NULL,
    day       BIGINT NOT NULL,
    status    TEXT NOT NULL,
    pointed   BIGINT NOT NULL,
    CONSTRAINT records_pkey PRIMARY KEY (id)
) /*strict*/;
CREATE INDEX records_unit_idx ON records (unit_code, day);
CREATE INDEX records_day_idx ON records (county, day);

INSERT INTO counters (name, value) VALUES ('records', 0);

-- What the records said of a row when it was reported, in the form of cell_values; empty where
-- they said nothing.
ALTER TABLE row_versions ADD COLUMN derived TEXT NOT NULL DEFAULT '';
