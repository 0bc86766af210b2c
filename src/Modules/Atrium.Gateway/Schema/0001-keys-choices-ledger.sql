-- A key is an account at a provider: its secrets sealed together, and what is needed to reach it.
CREATE TABLE gateway_keys (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed bytea NOT NULL,
    fingerprint TEXT NOT NULL,
    base_url TEXT,
    settings TEXT NOT NULL,
    origins TEXT NOT NULL,
    enabled boolean NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX gateway_keys_person ON gateway_keys (person_id, provider, created_at);

CREATE TABLE gateway_choices (
    person_id uuid NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    model TEXT,
    key_id uuid,
    base_url TEXT,
    settings TEXT NOT NULL,
    chosen_at BIGINT NOT NULL
);

-- Rows are only ever added. cost: pico-dollars, null when the model has no known price.
CREATE TABLE gateway_ledger (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL,
    key_id uuid,
    module TEXT NOT NULL,
    feature TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    input_tokens BIGINT NOT NULL,
    cached_tokens BIGINT NOT NULL,
    cache_written_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    images BIGINT NOT NULL,
    estimated boolean NOT NULL,
    cost BIGINT,
    status TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX gateway_ledger_person ON gateway_ledger (person_id, at);
CREATE INDEX gateway_ledger_at ON gateway_ledger (at);
