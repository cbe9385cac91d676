-- +goose Up

-- Lists of records are read from the end of an index, of a village, a town, a county or all; the
-- kind stands in it so that a line of another kind costs no look at the table.
ALTER TABLE records ADD COLUMN town BIGINT NOT NULL DEFAULT 0;
UPDATE records SET town = unit_code / 1000 * 1000;
DROP INDEX records_unit_idx;
DROP INDEX records_day_idx;
CREATE INDEX records_unit_idx ON records (unit_code, day, id, kind);
CREATE INDEX records_town_idx ON records (town, day, id, kind);
CREATE INDEX records_county_idx ON records (county, day, id);
CREATE INDEX records_kind_idx ON records (county, kind, day, id);
CREATE INDEX records_day_idx ON records (day, id, kind);
CREATE INDEX records_pointed_idx ON records (county, day, id) WHERE pointed <> 0;

-- The departments and bodies that took part in the latest version of a record, moved on with it.
CREATE TABLE record_parties (
    id        BIGINT NOT NULL,
    name      TEXT NOT NULL,
    county    BIGINT NOT NULL,
    day       BIGINT NOT NULL,
    unit_code BIGINT NOT NULL,
    CONSTRAINT record_parties_pkey PRIMARY KEY (id, name)
) /*clustered*/;
CREATE INDEX record_parties_name_idx ON record_parties (county, name, day, id, unit_code);
INSERT INTO record_parties (id, name, county, day, unit_code)
SELECT DISTINCT r.id, party.value, r.county, r.day, r.unit_code
FROM records r
JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = r.version,
/*each(*/CASE WHEN v.took_part LIKE '[%' THEN v.took_part ELSE '[]' END/*)each*/ AS party;
