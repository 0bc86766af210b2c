-- Who may use a provider key that belongs to the house: 'everyone', or 'group:' and a group's id. Empty: it is a person's own.
ALTER TABLE gateway_keys ADD COLUMN audience TEXT NOT NULL DEFAULT '';
