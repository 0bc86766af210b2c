-- The servers that share this store, each with the last time it was seen alive.
CREATE TABLE assistant_instances (
    id uuid PRIMARY KEY,
    seen_at bigint NOT NULL
);
