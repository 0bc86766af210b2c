-- A row means that changes are stopped.
CREATE TABLE platform_read_only (
    id integer PRIMARY KEY,
    since bigint NOT NULL,
    reason text NOT NULL
);
