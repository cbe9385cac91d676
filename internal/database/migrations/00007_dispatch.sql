-- +goose Up

-- What is said in the weekly dispatch of a county, one line each, never changed: items opened,
-- answered, put off, closed and opened again; what villages ask for, with replies. seq is the
-- line's place in the county's log, so that each is decided on all those before it; refers is the
-- line that is spoken of; rule the kind of points, or of what is asked for; day by when; week the
-- page it was made from; amount and units how large the point was then.
CREATE TABLE dispatch_events (
    id            BIGINT /*identity*/ PRIMARY KEY,
    county        BIGINT NOT NULL,
    seq           BIGINT NOT NULL,
    kind          TEXT NOT NULL,
    refers        BIGINT NOT NULL,
    rule          TEXT NOT NULL,
    unit_code     BIGINT NOT NULL,
    department    TEXT NOT NULL,
    to_unit       BIGINT NOT NULL,
    to_department TEXT NOT NULL,
    day           BIGINT NOT NULL,
    week          BIGINT NOT NULL,
    amount        BIGINT NOT NULL,
    units         BIGINT NOT NULL,
    content       TEXT NOT NULL,
    from_unit     BIGINT NOT NULL,
    account_id    BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    CONSTRAINT dispatch_events_kind_check CHECK (kind IN ('open', 'answer', 'extend', 'close', 'reopen', 'ask', 'reply', 'settle', 'withdraw')),
    CONSTRAINT dispatch_events_place_key UNIQUE (county, seq)
) /*strict*/;
