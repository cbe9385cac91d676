-- +goose Up

-- What the county thinks of a record that it checks (县级核对), in the version that says so and
-- those after it that say the same, as JSON; empty where there is none.
ALTER TABLE record_versions ADD COLUMN checked TEXT NOT NULL DEFAULT '';

-- The register of patrons (乡贤名册) of villages and towns. phone is sealed; of somebody who was
-- erased nothing personal remains. consent_day is 0 where there is no consent.
CREATE TABLE patrons (
    id          BIGINT /*identity*/ PRIMARY KEY,
    unit_code   BIGINT NOT NULL,
    name        TEXT NOT NULL,
    lives       TEXT NOT NULL,
    relation    TEXT NOT NULL,
    contact     TEXT NOT NULL,
    consent_day BIGINT NOT NULL,
    consent_how TEXT NOT NULL,
    consent_by  TEXT NOT NULL,
    phone       TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    erased      BIGINT NOT NULL,
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    CONSTRAINT patrons_consent_check CHECK (phone = '' OR consent_day > 0),
    CONSTRAINT patrons_erased_check CHECK (erased = 0 OR (name = '' AND lives = '' AND relation = '' AND contact = ''))
) /*strict*/;
CREATE INDEX patrons_unit_idx ON patrons (unit_code);
