-- Keys with which programs call this house. Only a hash of the secret is kept; a revoked key stays, because the ledger names it.
CREATE TABLE gateway_api_keys (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    models TEXT NOT NULL,
    endpoints TEXT NOT NULL,
    addresses TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT,
    exposed_at BIGINT
);
CREATE INDEX gateway_api_keys_person ON gateway_api_keys (person_id, created_at);

-- With which of them a call came in; null for what a person did in the web app.
ALTER TABLE gateway_ledger ADD COLUMN api_key_id uuid;
