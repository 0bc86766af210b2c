-- Who was shut out lately is asked four times a second.
CREATE INDEX accounts_people_by_suspension ON accounts_people (suspended_at) WHERE suspended_at IS NOT NULL;
