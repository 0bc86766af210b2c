CREATE TABLE assistant_conversations (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    title text NOT NULL,
    search_title text NOT NULL,
    title_source text NOT NULL,
    persona text NOT NULL,
    model text,
    system_prompt text,
    parameters text NOT NULL,
    leaf_id uuid,
    running_id uuid,
    is_pinned boolean NOT NULL,
    cost bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    deleted_at bigint
);

CREATE INDEX assistant_conversations_listed ON assistant_conversations (owner_id, is_pinned, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX assistant_conversations_deleted ON assistant_conversations (deleted_at) WHERE deleted_at IS NOT NULL;

-- A tree: siblings share a parent, and a conversation shows one branch of it, from its leaf upwards.
CREATE TABLE assistant_messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES assistant_conversations (id),
    owner_id uuid NOT NULL,
    parent_id uuid,
    role text NOT NULL,
    parts text NOT NULL,
    search_text text NOT NULL,
    tokens bigint NOT NULL,
    status text NOT NULL,
    stop_reason text,
    persona text,
    requested_model text,
    provider text,
    provider_name text,
    model text,
    usage text,
    cost bigint,
    error text,
    fallback text,
    client_id text,
    generation_id uuid,
    created_at bigint NOT NULL,
    finished_at bigint
);

CREATE UNIQUE INDEX assistant_messages_client ON assistant_messages (conversation_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX assistant_messages_tree ON assistant_messages (conversation_id, parent_id, id);
CREATE INDEX assistant_messages_owned ON assistant_messages (owner_id, id);
CREATE INDEX assistant_messages_generation ON assistant_messages (generation_id) WHERE generation_id IS NOT NULL;
CREATE INDEX assistant_messages_running ON assistant_messages (id) WHERE status = 'streaming';

CREATE TABLE assistant_attachments (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    conversation_id uuid,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    created_at bigint NOT NULL
);

CREATE INDEX assistant_attachments_conversation ON assistant_attachments (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX assistant_attachments_unused ON assistant_attachments (created_at) WHERE conversation_id IS NULL;
