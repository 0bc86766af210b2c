-- Which sessions have ended lately is asked four times a second.
CREATE INDEX accounts_sessions_by_revocation ON accounts_sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX accounts_sessions_by_expiry ON accounts_sessions (expires_at);
