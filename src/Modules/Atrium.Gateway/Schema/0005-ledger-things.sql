-- thing_id: the conversation or document a call was for. saved: pico-dollars that an answer from the cache spared. status may be 'cached', too.
ALTER TABLE gateway_ledger ADD COLUMN thing_id uuid;
ALTER TABLE gateway_ledger ADD COLUMN saved BIGINT;

-- Rows that servers keep in memory: whoever changes them raises their version in the same transaction.
CREATE TABLE gateway_shared_rows (
    name TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);

-- Set once in a period: when an admin was told that the budget is nearly used up.
ALTER TABLE gateway_budget_accounts ADD COLUMN alerted_at BIGINT;
