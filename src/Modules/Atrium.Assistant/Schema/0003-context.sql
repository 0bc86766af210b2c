-- What is done when a talk grows longer than its model can read: drop-oldest, compact or stop.
ALTER TABLE assistant_conversations ADD COLUMN context_mode text NOT NULL DEFAULT 'drop-oldest';

-- In short what was said from the top of a branch down to a message, that one included. Made once, then used for every answer below.
CREATE TABLE assistant_summaries (
    message_id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    text text NOT NULL,
    tokens bigint NOT NULL,
    created_at bigint NOT NULL
);

CREATE INDEX assistant_summaries_conversation ON assistant_summaries (conversation_id);
