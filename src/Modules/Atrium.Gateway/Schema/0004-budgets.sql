-- How much may be spent in a day or month. owner: a person's id, 'each' person apart, or 'everyone' together. amount: pico-dollars, tokens or messages.
CREATE TABLE gateway_budgets (
    id uuid NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    set_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    alert_percent BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (owner, set_by, kind, subject, period, unit)
);

-- What of a budget is spent in one period; person is empty where all spend together. Changed only together with the ledger.
CREATE TABLE gateway_budget_accounts (
    budget_id uuid NOT NULL,
    person TEXT NOT NULL,
    period_start BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    PRIMARY KEY (budget_id, person, period_start)
);

-- What a running server may still spend without asking again. Of one that was killed it counts as spent until the period ends.
CREATE TABLE gateway_budget_leases (
    budget_id uuid NOT NULL,
    person TEXT NOT NULL,
    period_start BIGINT NOT NULL,
    server_id uuid NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (budget_id, person, period_start, server_id)
);

ALTER TABLE gateway_api_keys ADD COLUMN requests_per_minute BIGINT;
ALTER TABLE gateway_api_keys ADD COLUMN tokens_per_minute BIGINT;
ALTER TABLE gateway_api_keys ADD COLUMN concurrent_calls BIGINT;
