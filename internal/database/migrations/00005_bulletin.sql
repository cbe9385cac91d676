-- +goose Up

-- A month's bulletin of a county or a city, one line per version, never changed. month is 202403;
-- draft is the canonical JSON of words, tables and figures, hash its SHA-256 where it is issued.
CREATE TABLE bulletin_versions (
    unit_code  BIGINT NOT NULL,
    month      BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    status     TEXT NOT NULL,
    draft      TEXT NOT NULL,
    doc_number TEXT NOT NULL,
    reason     TEXT NOT NULL,
    erratum    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT bulletin_versions_pkey PRIMARY KEY (unit_code, month, version),
    CONSTRAINT bulletin_versions_status_check CHECK (status IN ('drafted', 'submitted', 'returned', 'approved', 'issued'))
) /*strict*/;
