-- +goose Up

-- One number line for everything that happens in the ledger: row versions, submissions,
-- grants. Its row is locked from the update to the commit, so the numbers appear in commit
-- order and another server can follow by reading what is above the last it saw.
CREATE TABLE counters (
    name  TEXT NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT counters_pkey PRIMARY KEY (name)
) /*strict*/;
INSERT INTO counters (name, value) VALUES ('ledger', 0), ('units', 0), ('accounts', 0);

-- Small facts about this database: the campaign it was made with, its root unit.
CREATE TABLE settings (
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT settings_pkey PRIMARY KEY (name)
) /*strict*/;

-- A unit for one span of days [valid_from, valid_to), yyyymmdd, 0 open.
CREATE TABLE units (
    code       BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    successor  BIGINT NOT NULL,
    CONSTRAINT units_pkey PRIMARY KEY (code, valid_from),
    CONSTRAINT units_kind_check CHECK (kind IN ('ordinary', 'virtual'))
) /*strict*/;

-- A unit's name from a day on.
CREATE TABLE unit_names (
    unit_code  BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    name       TEXT NOT NULL,
    CONSTRAINT unit_names_pkey PRIMARY KEY (unit_code, valid_from)
) /*strict*/;

-- Offices beside the tree (市直单位), hanging at a unit.
CREATE TABLE departments (
    id        BIGINT /*identity*/ PRIMARY KEY,
    host_code BIGINT NOT NULL,
    name      TEXT NOT NULL,
    CONSTRAINT departments_host_name_key UNIQUE (host_code, name)
) /*strict*/;

-- Who may sign in. phone is sealed; epoch rises when all sessions are to end.
CREATE TABLE accounts (
    id            BIGINT /*identity*/ PRIMARY KEY,
    login         TEXT NOT NULL,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    unit_code     BIGINT NOT NULL,
    department_id BIGINT,
    phone         TEXT NOT NULL,
    password      TEXT NOT NULL,
    must_change   BIGINT NOT NULL,
    disabled      BIGINT NOT NULL,
    epoch         BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    CONSTRAINT accounts_login_key UNIQUE (login),
    CONSTRAINT accounts_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id)
) /*strict*/;
CREATE INDEX accounts_unit_idx ON accounts (unit_code);

-- Browser sessions; the token itself is not kept, only its hash.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    data       TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (token_hash)
) /*strict*/;
CREATE INDEX sessions_expires_idx ON sessions (expires_at);
CREATE INDEX sessions_account_idx ON sessions (account_id);

-- Failed sign-ins, counted by what was tried (login or address) in a window.
CREATE TABLE login_failures (
    subject    TEXT NOT NULL,
    failures   BIGINT NOT NULL,
    first_at   BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    CONSTRAINT login_failures_pkey PRIMARY KEY (subject)
) /*strict*/;

-- Tokens of programs, bound to an account's unit and role or narrower.
CREATE TABLE tokens (
    id         BIGINT /*identity*/ PRIMARY KEY,
    hash       TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    unit_code  BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    CONSTRAINT tokens_hash_key UNIQUE (hash)
) /*strict*/;

-- What happened beside the ledger's own versions: who did what to what.
CREATE TABLE audit_events (
    id         BIGINT /*identity*/ PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    unit_code  BIGINT NOT NULL,
    subject    TEXT NOT NULL,
    before     TEXT NOT NULL,
    after      TEXT NOT NULL
) /*strict*/;
CREATE INDEX audit_events_unit_idx ON audit_events (unit_code, at);

-- A village's row of a week, one line per version, never changed: values in form order as a
-- JSON array, yes/no as 1/0, money in 分, null for empty.
CREATE TABLE row_versions (
    county        BIGINT NOT NULL,
    week          BIGINT NOT NULL,
    unit_code     BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    seq           BIGINT NOT NULL,
    status        TEXT NOT NULL,
    unchanged     BIGINT NOT NULL,
    on_behalf     BIGINT NOT NULL,
    cell_values   TEXT NOT NULL,
    notes         TEXT NOT NULL,
    source        TEXT NOT NULL,
    source_detail TEXT NOT NULL,
    reason        TEXT NOT NULL,
    return_due    BIGINT NOT NULL,
    account_id    BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    CONSTRAINT row_versions_pkey PRIMARY KEY (county, week, unit_code, version),
    CONSTRAINT row_versions_status_check CHECK (status IN ('reported', 'returned', 'carried'))
) /*clustered*/;
CREATE UNIQUE INDEX row_versions_seq_idx ON row_versions (seq);

-- A sealed submission of a town (members are its villages' row versions) or of a county
-- (members are its towns' submissions), or its return or reopening; never changed.
CREATE TABLE submissions (
    county     BIGINT NOT NULL,
    week       BIGINT NOT NULL,
    unit_code  BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    status     TEXT NOT NULL,
    head       TEXT NOT NULL,
    members    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    source     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    return_due BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT submissions_pkey PRIMARY KEY (county, week, unit_code, version),
    CONSTRAINT submissions_status_check CHECK (status IN ('sealed', 'returned', 'reopened'))
) /*clustered*/;
CREATE UNIQUE INDEX submissions_seq_idx ON submissions (seq);

-- More time for, or the waiving of, a unit's week: by whom and why.
CREATE TABLE grants (
    county     BIGINT NOT NULL,
    week       BIGINT NOT NULL,
    unit_code  BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    until      BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT grants_pkey PRIMARY KEY (county, week, unit_code, seq),
    CONSTRAINT grants_kind_check CHECK (kind IN ('extension', 'waiver'))
) /*clustered*/;
CREATE UNIQUE INDEX grants_seq_idx ON grants (seq);

-- What somebody has typed for a village's week and not yet reported, as typed.
CREATE TABLE drafts (
    unit_code    BIGINT NOT NULL,
    week         BIGINT NOT NULL,
    base_version BIGINT NOT NULL,
    revision     BIGINT NOT NULL,
    inputs       TEXT NOT NULL,
    notes        TEXT NOT NULL,
    account_id   BIGINT NOT NULL,
    actor        TEXT NOT NULL,
    at           BIGINT NOT NULL,
    CONSTRAINT drafts_pkey PRIMARY KEY (unit_code, week)
) /*strict*/;

-- Workbooks handed in: first for a preview, kept when confirmed as the proof of their cells.
CREATE TABLE uploads (
    id         TEXT NOT NULL,
    unit_code  BIGINT NOT NULL,
    week       BIGINT NOT NULL,
    file_name  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    content    /*bytes*/ NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    taken_at   BIGINT NOT NULL,
    CONSTRAINT uploads_pkey PRIMARY KEY (id)
) /*strict*/;
CREATE INDEX uploads_taken_idx ON uploads (taken_at, at);

-- Complaints and suggestions from anybody, signed in or not. reference is what the sender looks
-- the answer up by; contact is sealed; unit_code is where it is about.
CREATE TABLE feedback (
    id            BIGINT /*identity*/ PRIMARY KEY,
    reference     TEXT NOT NULL,
    at            BIGINT NOT NULL,
    unit_code     BIGINT NOT NULL,
    account_id    BIGINT NOT NULL,
    contact       TEXT NOT NULL,
    content       TEXT NOT NULL,
    answer        TEXT NOT NULL,
    answered_by   TEXT NOT NULL,
    answered_unit BIGINT NOT NULL,
    answered_at   BIGINT NOT NULL,
    CONSTRAINT feedback_reference_key UNIQUE (reference)
) /*strict*/;
CREATE INDEX feedback_unit_idx ON feedback (unit_code, answered_at);
