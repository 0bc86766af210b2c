-- Whose answers are kept for a while, so that the same question is not paid twice. Nobody else ever gets them.
CREATE TABLE gateway_caches (
    person_id uuid NOT NULL PRIMARY KEY,
    enabled boolean NOT NULL,
    hours BIGINT NOT NULL
);
