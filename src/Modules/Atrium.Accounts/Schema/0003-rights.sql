ALTER TABLE accounts_people ADD COLUMN suspended_at bigint NULL;

-- What a name looks like. Null where two names that were there before look the same: the first one keeps its look.
ALTER TABLE accounts_people ADD COLUMN skeleton text NULL;
CREATE UNIQUE INDEX accounts_people_by_skeleton ON accounts_people (skeleton) WHERE skeleton IS NOT NULL;

CREATE TABLE accounts_invitations (
    id uuid PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    role text NOT NULL,
    note text NOT NULL,
    created_by uuid NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint NULL,
    used_by uuid NULL
);
