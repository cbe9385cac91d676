-- +goose Up

-- What is said about a demand of a task, by units and the office, one line each, never changed:
-- reports and decisions on them, what does not apply, what is pressed for (督办) and the answers.
-- refers is the line that is decided on or answered; period the first day of the period, 0 for all.
CREATE TABLE task_events (
    id         BIGINT /*identity*/ PRIMARY KEY,
    county     BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    refers     BIGINT NOT NULL,
    duty       TEXT NOT NULL,
    demand     TEXT NOT NULL,
    unit_code  BIGINT NOT NULL,
    department TEXT NOT NULL,
    period     BIGINT NOT NULL,
    day        BIGINT NOT NULL,
    content    TEXT NOT NULL,
    from_unit  BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    CONSTRAINT task_events_kind_check CHECK (kind IN ('report', 'confirm', 'decline', 'exempt', 'lift', 'press', 'answer'))
) /*strict*/;
CREATE INDEX task_events_county_idx ON task_events (county, id);
CREATE UNIQUE INDEX task_events_decision_idx ON task_events (refers) WHERE kind IN ('confirm', 'decline');
