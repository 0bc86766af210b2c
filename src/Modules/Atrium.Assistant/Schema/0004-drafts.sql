-- What a person has typed below a conversation and not sent: one for each, on all of their devices.
CREATE TABLE assistant_drafts (
    conversation_id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    text text NOT NULL,
    saved_at bigint NOT NULL
);
