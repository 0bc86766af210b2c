-- Fingerprints stay the same when the master key changes: their key is kept, wrapped under the new one. Null: derived from the first master key.
ALTER TABLE vault_masters ADD COLUMN fingerprint_key bytea;
