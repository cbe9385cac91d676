-- +goose Up

-- A bulletin is of a month, 202403, or of a quarter, 202421.
ALTER TABLE bulletin_versions RENAME COLUMN month TO period;

-- The versions of a unit's rule of ranking, only added. from_month is 202403; a neutral one ends
-- ranking. figures are the references it orders by, separated by blanks.
CREATE TABLE bulletin_rules (
    unit_code  BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    from_month BIGINT NOT NULL,
    neutral    BIGINT NOT NULL,
    name       TEXT NOT NULL,
    figures    TEXT NOT NULL,
    least      BIGINT NOT NULL,
    tie        TEXT NOT NULL,
    minimum    BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT bulletin_rules_pkey PRIMARY KEY (unit_code, version),
    CONSTRAINT bulletin_rules_tie_check CHECK (tie IN ('', 'skip', 'next', 'code'))
) /*strict*/;
