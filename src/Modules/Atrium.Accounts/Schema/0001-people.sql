CREATE TABLE accounts_people (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    username_key text NOT NULL,
    email text NULL,
    email_key text NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    preferences text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT accounts_people_username_key UNIQUE (username_key)
);

-- Not unique: an address that nobody has confirmed proves nothing, and a conflict would tell strangers who lives here.
CREATE INDEX accounts_people_by_email ON accounts_people (email_key) WHERE email_key IS NOT NULL;

CREATE TABLE accounts_sessions (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES accounts_people (id),
    refresh_seed bytea NOT NULL,
    refresh_generation integer NOT NULL,
    refreshed_at bigint NOT NULL,
    network text NOT NULL,
    browser text NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint NULL
);

CREATE INDEX accounts_sessions_by_person ON accounts_sessions (person_id, last_seen_at);

-- What happens once in the life of a house. The row is the claim: the first insert wins on both engines.
CREATE TABLE accounts_milestones (
    name text PRIMARY KEY,
    person_id uuid NOT NULL,
    reached_at bigint NOT NULL
);
