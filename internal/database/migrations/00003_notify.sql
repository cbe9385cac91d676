-- +goose Up

-- That a reminder went to a unit about a week: at most once, whoever decides it and how often.
CREATE TABLE reminders_sent (
    county    BIGINT NOT NULL,
    week      BIGINT NOT NULL,
    unit_code BIGINT NOT NULL,
    reminder  TEXT NOT NULL,
    at        BIGINT NOT NULL,
    CONSTRAINT reminders_sent_pkey PRIMARY KEY (county, week, unit_code, reminder)
) /*clustered*/;

-- What those who answer for a unit are told; link is the page where one acts. Never changed.
CREATE TABLE inbox_messages (
    id        BIGINT /*identity*/ PRIMARY KEY,
    message   TEXT NOT NULL,
    unit_code BIGINT NOT NULL,
    week      BIGINT NOT NULL,
    reminder  TEXT NOT NULL,
    title     TEXT NOT NULL,
    body      TEXT NOT NULL,
    link      TEXT NOT NULL,
    at        BIGINT NOT NULL,
    CONSTRAINT inbox_messages_message_key UNIQUE (message)
) /*strict*/;
CREATE INDEX inbox_messages_unit_idx ON inbox_messages (unit_code, id);

-- Which account has read which message.
CREATE TABLE inbox_reads (
    message_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT inbox_reads_pkey PRIMARY KEY (message_id, account_id)
) /*clustered*/;

-- The group robots of an office. url and secret are sealed; removed_at is 0 while it is in use.
CREATE TABLE robots (
    id         BIGINT /*identity*/ PRIMARY KEY,
    unit_code  BIGINT NOT NULL,
    platform   TEXT NOT NULL,
    name       TEXT NOT NULL,
    url        TEXT NOT NULL,
    secret     TEXT NOT NULL,
    mention    BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    CONSTRAINT robots_platform_check CHECK (platform IN ('wecom', 'dingtalk', 'feishu'))
) /*strict*/;
CREATE INDEX robots_unit_idx ON robots (unit_code);

-- What is to go out by robot or SMS, written with the decision and kept afterwards. message
-- stays the same however often it is tried; units lists those it is about, as a JSON array of
-- codes; body is what was sent; a message waits until next_at and is given up at expires_at.
CREATE TABLE outbox_messages (
    id         BIGINT /*identity*/ PRIMARY KEY,
    message    TEXT NOT NULL,
    channel    TEXT NOT NULL,
    robot_id   BIGINT NOT NULL,
    unit_code  BIGINT NOT NULL,
    week       BIGINT NOT NULL,
    reminder   TEXT NOT NULL,
    units      TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL,
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    outcome    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    done_at    BIGINT NOT NULL,
    CONSTRAINT outbox_messages_message_key UNIQUE (message),
    CONSTRAINT outbox_messages_state_check CHECK (state IN ('waiting', 'sent', 'failed', 'dropped'))
) /*strict*/;
CREATE INDEX outbox_messages_state_idx ON outbox_messages (state, next_at);
CREATE INDEX outbox_messages_unit_idx ON outbox_messages (unit_code, week);
