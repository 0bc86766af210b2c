-- A row stands for what an admin has decided. Without a decision there is none: a restore begins in empty tables.
DELETE FROM accounts_house WHERE registration IS NULL AND new_role = 'user' AND new_preferences = '{}' AND announcement IS NULL;
