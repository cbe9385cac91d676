-- +goose Up

-- Pictures as they are kept, named by the SHA-256 of full: re-encoded JPEG, without anything of
-- the file they came in. Never changed.
CREATE TABLE photo_images (
    hash       TEXT NOT NULL,
    full_jpeg  /*bytes*/ NOT NULL,
    thumb_jpeg /*bytes*/ NOT NULL,
    CONSTRAINT photo_images_pkey PRIMARY KEY (hash)
) /*strict*/;

-- What was handed in, one line a photo. dhash is a difference hash of 64 bits and band0 to band3
-- its quarters, by which copies are found; taken is a day, taken_minute of that day, 0 when the
-- file does not say; latitude and longitude are millionths of a degree by WGS-84, both 0 for none.
-- Never changed, and deleted only while it waits for its record.
CREATE TABLE photos (
    id           BIGINT NOT NULL,
    county       BIGINT NOT NULL,
    unit_code    BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    form_key     TEXT NOT NULL,
    file_hash    TEXT NOT NULL,
    image        TEXT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    dhash        BIGINT NOT NULL,
    band0        BIGINT NOT NULL,
    band1        BIGINT NOT NULL,
    band2        BIGINT NOT NULL,
    band3        BIGINT NOT NULL,
    taken        BIGINT NOT NULL,
    taken_minute BIGINT NOT NULL,
    latitude     BIGINT NOT NULL,
    longitude    BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    actor        TEXT NOT NULL,
    at           BIGINT NOT NULL,
    CONSTRAINT photos_pkey PRIMARY KEY (id),
    CONSTRAINT photos_image_fkey FOREIGN KEY (image) REFERENCES photo_images (hash)
) /*strict*/;
CREATE INDEX photos_file_idx ON photos (county, file_hash);
CREATE INDEX photos_band0_idx ON photos (county, band0);
CREATE INDEX photos_band1_idx ON photos (county, band1);
CREATE INDEX photos_band2_idx ON photos (county, band2);
CREATE INDEX photos_band3_idx ON photos (county, band3);
CREATE INDEX photos_image_idx ON photos (image);
CREATE INDEX photos_form_idx ON photos (account_id, form_key);

-- The photos that no record has taken yet; they are forgotten after two days.
CREATE TABLE photos_waiting (
    photo_id   BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT photos_waiting_pkey PRIMARY KEY (photo_id),
    CONSTRAINT photos_waiting_photo_fkey FOREIGN KEY (photo_id) REFERENCES photos (id)
) /*strict*/;
CREATE INDEX photos_waiting_account_idx ON photos_waiting (account_id);
CREATE INDEX photos_waiting_at_idx ON photos_waiting (at);

-- Which record a photo belongs to: one, for good, also when a later version leaves it out.
CREATE TABLE record_photos (
    photo_id  BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    CONSTRAINT record_photos_pkey PRIMARY KEY (photo_id),
    CONSTRAINT record_photos_photo_fkey FOREIGN KEY (photo_id) REFERENCES photos (id)
) /*strict*/;

INSERT INTO counters (name, value) VALUES ('photos', 0);

-- photos is a JSON list of the version's photos in order; latitude and longitude as above.
ALTER TABLE record_versions ADD COLUMN photos TEXT NOT NULL DEFAULT '[]';
ALTER TABLE record_versions ADD COLUMN latitude BIGINT NOT NULL DEFAULT 0;
ALTER TABLE record_versions ADD COLUMN longitude BIGINT NOT NULL DEFAULT 0;
-- The answer to the objection, and what was found when somebody looked at what was pointed out.
ALTER TABLE record_versions ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE record_versions ADD COLUMN looked TEXT NOT NULL DEFAULT '';

-- records.pointed was 1 where something was pointed out; now it is the set of what is open.
UPDATE records SET pointed = (
    SELECT CASE WHEN v.pointed LIKE '%"record.future_day"%' THEN 1 ELSE 0 END
         + CASE WHEN v.pointed LIKE '%"record.unusual"%' THEN 2 ELSE 0 END
         + CASE WHEN v.pointed LIKE '%"record.again"%' THEN 4 ELSE 0 END
         + CASE WHEN v.dispute <> '' THEN 128 ELSE 0 END
    FROM record_versions v WHERE v.county = records.county AND v.id = records.id AND v.version = records.version)
WHERE pointed <> 0;
UPDATE records SET pointed = 0 WHERE status = 'withdrawn';
CREATE INDEX records_open_idx ON records (unit_code, pointed) WHERE pointed <> 0;
