CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    unit_code     INTEGER NOT NULL,
    department_id INTEGER,
    phone         TEXT NOT NULL,
    password      TEXT NOT NULL,
    must_change   INTEGER NOT NULL,
    disabled      INTEGER NOT NULL,
    epoch         INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    CONSTRAINT accounts_login_key UNIQUE (login),
    CONSTRAINT accounts_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id)
) STRICT;
CREATE INDEX accounts_unit_idx ON accounts (unit_code);
CREATE TABLE audit_events (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    unit_code  INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    before     TEXT NOT NULL,
    after      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_events_unit_idx ON audit_events (unit_code, at);
CREATE TABLE bulletin_files (
    unit_code INTEGER NOT NULL,
    period    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    content   BLOB NOT NULL,
    CONSTRAINT bulletin_files_pkey PRIMARY KEY (unit_code, period, version, kind),
    CONSTRAINT bulletin_files_version_fkey FOREIGN KEY (unit_code, period, version) REFERENCES bulletin_versions (unit_code, period, version),
    CONSTRAINT bulletin_files_kind_check CHECK (kind IN ('docx', 'pdf'))
) STRICT;
CREATE TABLE bulletin_rules (
    unit_code  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    from_month INTEGER NOT NULL,
    neutral    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    figures    TEXT NOT NULL,
    least      INTEGER NOT NULL,
    tie        TEXT NOT NULL,
    minimum    INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT bulletin_rules_pkey PRIMARY KEY (unit_code, version),
    CONSTRAINT bulletin_rules_tie_check CHECK (tie IN ('', 'skip', 'next', 'code'))
) STRICT;
CREATE TABLE bulletin_versions (
    unit_code  INTEGER NOT NULL,
    period      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    status     TEXT NOT NULL,
    draft      TEXT NOT NULL,
    doc_number TEXT NOT NULL,
    reason     TEXT NOT NULL,
    erratum    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT bulletin_versions_pkey PRIMARY KEY (unit_code, period, version),
    CONSTRAINT bulletin_versions_status_check CHECK (status IN ('drafted', 'submitted', 'returned', 'approved', 'issued'))
) STRICT;
CREATE TABLE counters (
    name  TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT counters_pkey PRIMARY KEY (name)
) STRICT;
CREATE TABLE departments (
    id        INTEGER PRIMARY KEY,
    host_code INTEGER NOT NULL,
    name      TEXT NOT NULL,
    CONSTRAINT departments_host_name_key UNIQUE (host_code, name)
) STRICT;
CREATE TABLE dispatch_events (
    id            INTEGER PRIMARY KEY,
    county        INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    refers        INTEGER NOT NULL,
    rule          TEXT NOT NULL,
    unit_code     INTEGER NOT NULL,
    department    TEXT NOT NULL,
    to_unit       INTEGER NOT NULL,
    to_department TEXT NOT NULL,
    day           INTEGER NOT NULL,
    week          INTEGER NOT NULL,
    amount        INTEGER NOT NULL,
    units         INTEGER NOT NULL,
    content       TEXT NOT NULL,
    from_unit     INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    at            INTEGER NOT NULL,
    CONSTRAINT dispatch_events_kind_check CHECK (kind IN ('open', 'answer', 'extend', 'close', 'reopen', 'ask', 'reply', 'settle', 'withdraw')),
    CONSTRAINT dispatch_events_place_key UNIQUE (county, seq)
) STRICT;
CREATE TABLE drafts (
    unit_code    INTEGER NOT NULL,
    week         INTEGER NOT NULL,
    base_version INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    inputs       TEXT NOT NULL,
    notes        TEXT NOT NULL,
    account_id   INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    CONSTRAINT drafts_pkey PRIMARY KEY (unit_code, week)
) STRICT;
CREATE TABLE feedback (
    id            INTEGER PRIMARY KEY,
    reference     TEXT NOT NULL,
    at            INTEGER NOT NULL,
    unit_code     INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    contact       TEXT NOT NULL,
    content       TEXT NOT NULL,
    answer        TEXT NOT NULL,
    answered_by   TEXT NOT NULL,
    answered_unit INTEGER NOT NULL,
    answered_at   INTEGER NOT NULL,
    CONSTRAINT feedback_reference_key UNIQUE (reference)
) STRICT;
CREATE INDEX feedback_unit_idx ON feedback (unit_code, answered_at);
CREATE TABLE grants (
    county     INTEGER NOT NULL,
    week       INTEGER NOT NULL,
    unit_code  INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    until      INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT grants_pkey PRIMARY KEY (county, week, unit_code, seq),
    CONSTRAINT grants_kind_check CHECK (kind IN ('extension', 'waiver'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX grants_seq_idx ON grants (seq);
CREATE TABLE inbox_messages (
    id        INTEGER PRIMARY KEY,
    message   TEXT NOT NULL,
    unit_code INTEGER NOT NULL,
    week      INTEGER NOT NULL,
    reminder  TEXT NOT NULL,
    title     TEXT NOT NULL,
    body      TEXT NOT NULL,
    link      TEXT NOT NULL,
    at        INTEGER NOT NULL, department TEXT NOT NULL DEFAULT '',
    CONSTRAINT inbox_messages_message_key UNIQUE (message)
) STRICT;
CREATE INDEX inbox_messages_unit_idx ON inbox_messages (unit_code, department, id);
CREATE TABLE inbox_reads (
    message_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT inbox_reads_pkey PRIMARY KEY (message_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE login_failures (
    subject    TEXT NOT NULL,
    failures   INTEGER NOT NULL,
    first_at   INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    CONSTRAINT login_failures_pkey PRIMARY KEY (subject)
) STRICT;
CREATE TABLE outbox_messages (
    id         INTEGER PRIMARY KEY,
    message    TEXT NOT NULL,
    channel    TEXT NOT NULL,
    robot_id   INTEGER NOT NULL,
    unit_code  INTEGER NOT NULL,
    week       INTEGER NOT NULL,
    reminder   TEXT NOT NULL,
    units      TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    outcome    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    done_at    INTEGER NOT NULL,
    CONSTRAINT outbox_messages_message_key UNIQUE (message),
    CONSTRAINT outbox_messages_state_check CHECK (state IN ('waiting', 'sent', 'failed', 'dropped'))
) STRICT;
CREATE INDEX outbox_messages_state_idx ON outbox_messages (state, next_at);
CREATE INDEX outbox_messages_unit_idx ON outbox_messages (unit_code, week);
CREATE TABLE patrons (
    id          INTEGER PRIMARY KEY,
    unit_code   INTEGER NOT NULL,
    name        TEXT NOT NULL,
    lives       TEXT NOT NULL,
    relation    TEXT NOT NULL,
    contact     TEXT NOT NULL,
    consent_day INTEGER NOT NULL,
    consent_how TEXT NOT NULL,
    consent_by  TEXT NOT NULL,
    phone       TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    erased      INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    CONSTRAINT patrons_consent_check CHECK (phone = '' OR consent_day > 0),
    CONSTRAINT patrons_erased_check CHECK (erased = 0 OR (name = '' AND lives = '' AND relation = '' AND contact = ''))
) STRICT;
CREATE INDEX patrons_unit_idx ON patrons (unit_code);
CREATE TABLE photo_images (
    hash       TEXT NOT NULL,
    full_jpeg  BLOB NOT NULL,
    thumb_jpeg BLOB NOT NULL,
    CONSTRAINT photo_images_pkey PRIMARY KEY (hash)
) STRICT;
CREATE TABLE photos (
    id           INTEGER NOT NULL,
    county       INTEGER NOT NULL,
    unit_code    INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    form_key     TEXT NOT NULL,
    file_hash    TEXT NOT NULL,
    image        TEXT NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    dhash        INTEGER NOT NULL,
    band0        INTEGER NOT NULL,
    band1        INTEGER NOT NULL,
    band2        INTEGER NOT NULL,
    band3        INTEGER NOT NULL,
    taken        INTEGER NOT NULL,
    taken_minute INTEGER NOT NULL,
    latitude     INTEGER NOT NULL,
    longitude    INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    CONSTRAINT photos_pkey PRIMARY KEY (id),
    CONSTRAINT photos_image_fkey FOREIGN KEY (image) REFERENCES photo_images (hash)
) STRICT;
CREATE INDEX photos_band0_idx ON photos (county, band0);
CREATE INDEX photos_band1_idx ON photos (county, band1);
CREATE INDEX photos_band2_idx ON photos (county, band2);
CREATE INDEX photos_band3_idx ON photos (county, band3);
CREATE INDEX photos_file_idx ON photos (county, file_hash);
CREATE INDEX photos_form_idx ON photos (account_id, form_key);
CREATE INDEX photos_image_idx ON photos (image);
CREATE TABLE photos_waiting (
    photo_id   INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT photos_waiting_pkey PRIMARY KEY (photo_id),
    CONSTRAINT photos_waiting_photo_fkey FOREIGN KEY (photo_id) REFERENCES photos (id)
) STRICT;
CREATE INDEX photos_waiting_account_idx ON photos_waiting (account_id);
CREATE INDEX photos_waiting_at_idx ON photos_waiting (at);
CREATE TABLE reading_sayings (
    unit_code  INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    reading    TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    content    TEXT NOT NULL,
    print      TEXT NOT NULL,
    wording    TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT reading_sayings_pkey PRIMARY KEY (unit_code, number, reading),
    CONSTRAINT reading_sayings_verdict_check CHECK (verdict IN ('agree', 'otherwise', 'retract'))
) STRICT;
CREATE TABLE record_parties (
    id        INTEGER NOT NULL,
    name      TEXT NOT NULL,
    county    INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    unit_code INTEGER NOT NULL,
    CONSTRAINT record_parties_pkey PRIMARY KEY (id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_parties_name_idx ON record_parties (county, name, day, id, unit_code);
CREATE TABLE record_photos (
    photo_id  INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    CONSTRAINT record_photos_pkey PRIMARY KEY (photo_id),
    CONSTRAINT record_photos_photo_fkey FOREIGN KEY (photo_id) REFERENCES photos (id)
) STRICT;
CREATE TABLE record_versions (
    county        INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    unit_code     INTEGER NOT NULL,
    took_part     TEXT NOT NULL,
    day           INTEGER NOT NULL,
    until_day     INTEGER NOT NULL,
    facts         TEXT NOT NULL,
    status        TEXT NOT NULL,
    pointed       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    dispute       TEXT NOT NULL,
    from_unit     INTEGER NOT NULL,
    source        TEXT NOT NULL,
    source_detail TEXT NOT NULL,
    account_id    INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    at            INTEGER NOT NULL, photos TEXT NOT NULL DEFAULT '[]', latitude INTEGER NOT NULL DEFAULT 0, longitude INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '', looked TEXT NOT NULL DEFAULT '', checked TEXT NOT NULL DEFAULT '',
    CONSTRAINT record_versions_pkey PRIMARY KEY (county, id, version),
    CONSTRAINT record_versions_status_check CHECK (status IN ('standing', 'approved', 'withdrawn'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX record_versions_seq_idx ON record_versions (seq);
CREATE TABLE records (
    id        INTEGER NOT NULL,
    county    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    unit_code INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    status    TEXT NOT NULL,
    pointed   INTEGER NOT NULL, town INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT records_pkey PRIMARY KEY (id)
) STRICT;
CREATE INDEX records_county_idx ON records (county, day, id);
CREATE INDEX records_day_idx ON records (day, id, kind);
CREATE INDEX records_kind_idx ON records (county, kind, day, id);
CREATE INDEX records_open_idx ON records (unit_code, pointed) WHERE pointed <> 0;
CREATE INDEX records_pointed_idx ON records (county, day, id) WHERE pointed <> 0;
CREATE INDEX records_town_idx ON records (town, day, id, kind);
CREATE INDEX records_unit_idx ON records (unit_code, day, id, kind);
CREATE TABLE reminders_sent (
    county    INTEGER NOT NULL,
    week      INTEGER NOT NULL,
    unit_code INTEGER NOT NULL,
    reminder  TEXT NOT NULL,
    at        INTEGER NOT NULL,
    CONSTRAINT reminders_sent_pkey PRIMARY KEY (county, week, unit_code, reminder)
) STRICT, WITHOUT ROWID;
CREATE TABLE robots (
    id         INTEGER PRIMARY KEY,
    unit_code  INTEGER NOT NULL,
    platform   TEXT NOT NULL,
    name       TEXT NOT NULL,
    url        TEXT NOT NULL,
    secret     TEXT NOT NULL,
    mention    INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER NOT NULL,
    CONSTRAINT robots_platform_check CHECK (platform IN ('wecom', 'dingtalk', 'feishu'))
) STRICT;
CREATE INDEX robots_unit_idx ON robots (unit_code);
CREATE TABLE row_versions (
    county        INTEGER NOT NULL,
    week          INTEGER NOT NULL,
    unit_code     INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    status        TEXT NOT NULL,
    unchanged     INTEGER NOT NULL,
    on_behalf     INTEGER NOT NULL,
    cell_values   TEXT NOT NULL,
    notes         TEXT NOT NULL,
    source        TEXT NOT NULL,
    source_detail TEXT NOT NULL,
    reason        TEXT NOT NULL,
    return_due    INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    at            INTEGER NOT NULL, derived TEXT NOT NULL DEFAULT '',
    CONSTRAINT row_versions_pkey PRIMARY KEY (county, week, unit_code, version),
    CONSTRAINT row_versions_status_check CHECK (status IN ('reported', 'returned', 'carried'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX row_versions_seq_idx ON row_versions (seq);
CREATE TABLE sessions (
    token_hash TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    data       TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (token_hash)
) STRICT;
CREATE INDEX sessions_account_idx ON sessions (account_id);
CREATE INDEX sessions_expires_idx ON sessions (expires_at);
CREATE TABLE settings (
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT settings_pkey PRIMARY KEY (name)
) STRICT;
CREATE TABLE submissions (
    county     INTEGER NOT NULL,
    week       INTEGER NOT NULL,
    unit_code  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    status     TEXT NOT NULL,
    head       TEXT NOT NULL,
    members    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    source     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    return_due INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT submissions_pkey PRIMARY KEY (county, week, unit_code, version),
    CONSTRAINT submissions_status_check CHECK (status IN ('sealed', 'returned', 'reopened'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX submissions_seq_idx ON submissions (seq);
CREATE TABLE task_events (
    id         INTEGER PRIMARY KEY,
    county     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    refers     INTEGER NOT NULL,
    duty       TEXT NOT NULL,
    demand     TEXT NOT NULL,
    unit_code  INTEGER NOT NULL,
    department TEXT NOT NULL,
    period     INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    content    TEXT NOT NULL,
    from_unit  INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    CONSTRAINT task_events_kind_check CHECK (kind IN ('report', 'confirm', 'decline', 'exempt', 'lift', 'press', 'answer'))
) STRICT;
CREATE INDEX task_events_county_idx ON task_events (county, id);
CREATE UNIQUE INDEX task_events_decision_idx ON task_events (refers) WHERE kind IN ('confirm', 'decline');
CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    hash       TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    unit_code  INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL,
    CONSTRAINT tokens_hash_key UNIQUE (hash)
) STRICT;
CREATE TABLE unit_names (
    unit_code  INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    name       TEXT NOT NULL,
    CONSTRAINT unit_names_pkey PRIMARY KEY (unit_code, valid_from)
) STRICT;
CREATE TABLE units (
    code       INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    successor  INTEGER NOT NULL,
    CONSTRAINT units_pkey PRIMARY KEY (code, valid_from),
    CONSTRAINT units_kind_check CHECK (kind IN ('ordinary', 'virtual'))
) STRICT;
CREATE TABLE uploads (
    id         TEXT NOT NULL,
    unit_code  INTEGER NOT NULL,
    week       INTEGER NOT NULL,
    file_name  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    content    BLOB NOT NULL,
    account_id INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    taken_at   INTEGER NOT NULL,
    CONSTRAINT uploads_pkey PRIMARY KEY (id)
) STRICT;
CREATE INDEX uploads_taken_idx ON uploads (taken_at, at);
