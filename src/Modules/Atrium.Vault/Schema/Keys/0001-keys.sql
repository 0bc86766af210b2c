-- What the master key of this house can open, so that a wrong one is noticed at start.
CREATE TABLE vault_masters (
    slot smallint PRIMARY KEY CHECK (slot = 1),
    master_id text NOT NULL,
    proof bytea NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE vault_owner_keys (
    owner_id uuid PRIMARY KEY,
    key_id uuid NOT NULL UNIQUE,
    master_id text NOT NULL,
    wrapped bytea NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE vault_object_keys (
    object_id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES vault_owner_keys (owner_id),
    purpose text NOT NULL,
    key_id uuid NOT NULL,
    wrapped_by uuid NOT NULL,
    wrapped bytea NOT NULL,
    created_at bigint NOT NULL
);

CREATE INDEX vault_object_keys_by_owner ON vault_object_keys (owner_id);
