-- What admins have decided for the whole house: one row.
CREATE TABLE accounts_house (
    id integer PRIMARY KEY,
    registration text NULL,
    new_role text NOT NULL,
    new_preferences text NOT NULL,
    announcement text NULL,
    announcement_tone text NOT NULL,
    announced_at bigint NULL,
    announced_until bigint NULL
);
INSERT INTO accounts_house (id, new_role, new_preferences, announcement_tone) VALUES (1, 'user', '{}', 'info');

CREATE TABLE accounts_groups (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL,
    takes_new_people boolean NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT accounts_groups_name_key UNIQUE (name_key)
);

CREATE TABLE accounts_group_members (
    group_id uuid NOT NULL REFERENCES accounts_groups (id) ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES accounts_people (id),
    added_at bigint NOT NULL,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX accounts_group_members_by_person ON accounts_group_members (person_id);

ALTER TABLE accounts_people ADD COLUMN display_name text NULL;
ALTER TABLE accounts_people ADD COLUMN pronouns text NULL;
ALTER TABLE accounts_people ADD COLUMN about text NULL;
ALTER TABLE accounts_people ADD COLUMN avatar_id uuid NULL;
ALTER TABLE accounts_people ADD COLUMN banner_id uuid NULL;
CREATE INDEX accounts_people_by_avatar ON accounts_people (avatar_id) WHERE avatar_id IS NOT NULL;
CREATE INDEX accounts_people_by_banner ON accounts_people (banner_id) WHERE banner_id IS NOT NULL;
