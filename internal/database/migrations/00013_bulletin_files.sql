-- +goose Up

-- The files of an issued bulletin as they were printed when it was issued, named by their SHA-256.
-- Never changed. A version issued before this table has none.
CREATE TABLE bulletin_files (
    unit_code BIGINT NOT NULL,
    period    BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    content   /*bytes*/ NOT NULL,
    CONSTRAINT bulletin_files_pkey PRIMARY KEY (unit_code, period, version, kind),
    CONSTRAINT bulletin_files_version_fkey FOREIGN KEY (unit_code, period, version) REFERENCES bulletin_versions (unit_code, period, version),
    CONSTRAINT bulletin_files_kind_check CHECK (kind IN ('docx', 'pdf'))
) /*strict*/;
