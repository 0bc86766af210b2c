-- What the servers of a house have taken of a limit. Only PostgreSQL has several servers; after a crash of the database counting begins anew.
-- postgres
CREATE UNLOGGED TABLE platform_limits (
    limit_group integer NOT NULL,
    limit_key text NOT NULL,
    blocks bytea NOT NULL,
    empty_at bigint NOT NULL,
    PRIMARY KEY (limit_group, limit_key)
);
CREATE INDEX platform_limits_by_end ON platform_limits (empty_at);
-- both
-- Signed requests that have been obeyed; a repeat within the time in which its signature counts is refused.
CREATE TABLE platform_signed_requests (
    sender text NOT NULL,
    id text NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (sender, id)
);
CREATE INDEX platform_signed_requests_by_end ON platform_signed_requests (until);
