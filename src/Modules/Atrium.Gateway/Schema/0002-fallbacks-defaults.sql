-- Who answers when the chosen provider does not, in the person's own order. Offline Lite always comes last and is not stored.
CREATE TABLE gateway_fallbacks (
    person_id uuid NOT NULL,
    place BIGINT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT,
    key_id uuid,
    PRIMARY KEY (person_id, place)
);

-- Which model a persona speaks with, or a module asks, where the person has said so.
CREATE TABLE gateway_default_models (
    person_id uuid NOT NULL,
    used_for TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (person_id, used_for)
);

-- Why the newest call with a key failed; null after one that did not.
ALTER TABLE gateway_keys ADD COLUMN last_failure TEXT;
ALTER TABLE gateway_keys ADD COLUMN last_failed_at BIGINT;
