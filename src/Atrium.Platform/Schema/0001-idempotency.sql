-- Answers to requests that carried an Idempotency-Key. scope: an HMAC of who asked, what and the key. status is null until the answer is known,
-- body is null when the answer must not be kept.
CREATE TABLE platform_idempotency (
    scope text PRIMARY KEY,
    fingerprint text NOT NULL,
    status integer NULL,
    content_type text NULL,
    location text NULL,
    body bytea NULL,
    started_at bigint NOT NULL
);

CREATE INDEX platform_idempotency_age ON platform_idempotency (started_at);
