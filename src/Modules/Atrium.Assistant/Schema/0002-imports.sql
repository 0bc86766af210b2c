-- Where a message came from when the house did not make it: browser or import.
ALTER TABLE assistant_messages ADD COLUMN origin text;

-- The server that makes a running answer. Empty in rows of servers that did not know it yet.
ALTER TABLE assistant_messages ADD COLUMN instance_id uuid;

CREATE TABLE assistant_imports (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    instance_id uuid NOT NULL,
    status text NOT NULL,
    bytes_read bigint NOT NULL,
    bytes_total bigint NOT NULL,
    report text NOT NULL,
    error text,
    created_at bigint NOT NULL,
    finished_at bigint
);

CREATE UNIQUE INDEX assistant_imports_active ON assistant_imports (owner_id) WHERE finished_at IS NULL;
CREATE INDEX assistant_imports_listed ON assistant_imports (owner_id, created_at);
