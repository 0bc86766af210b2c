-- What happened, one row after the other. Each row's hash covers the row and the hash before it.
CREATE TABLE platform_audit (
    sequence bigint PRIMARY KEY,
    at bigint NOT NULL,
    actor_id uuid NULL,
    actor_name text NULL,
    action text NOT NULL,
    target text NULL,
    network text NOT NULL,
    details text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);

-- The end of the chain. Its one row is what writers wait for, so that no two rows follow the same one.
CREATE TABLE platform_audit_head (
    id integer PRIMARY KEY,
    sequence bigint NOT NULL,
    hash bytea NOT NULL
);

-- sqlite
CREATE TRIGGER platform_audit_keeps_rows BEFORE DELETE ON platform_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER platform_audit_keeps_words BEFORE UPDATE ON platform_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- postgres
CREATE FUNCTION platform_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER platform_audit_keeps_rows BEFORE UPDATE OR DELETE ON platform_audit FOR EACH ROW EXECUTE FUNCTION platform_audit_refuse();
CREATE TRIGGER platform_audit_keeps_table BEFORE TRUNCATE ON platform_audit FOR EACH STATEMENT EXECUTE FUNCTION platform_audit_refuse();
