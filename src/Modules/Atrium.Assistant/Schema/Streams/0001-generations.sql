-- What running answers have said so far. Gone once the finished message is in the main database.
CREATE TABLE assistant_generations (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    instance text NOT NULL,
    started_at bigint NOT NULL
);

CREATE TABLE assistant_stream_pieces (
    generation_id uuid NOT NULL,
    from_position bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (generation_id, from_position)
);
