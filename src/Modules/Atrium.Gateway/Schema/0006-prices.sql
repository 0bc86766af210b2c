-- What an admin says that models cost, from a UTC day on ('' for: since ever). Rates: pico-dollars per million tokens, per picture, per call.
CREATE TABLE gateway_prices (
    id uuid NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    from_day TEXT NOT NULL,
    input BIGINT,
    output BIGINT,
    cached BIGINT,
    cache_write BIGINT,
    reasoning BIGINT,
    image BIGINT,
    request BIGINT,
    long_above BIGINT,
    long_input BIGINT,
    long_output BIGINT,
    long_cached BIGINT,
    set_at BIGINT NOT NULL,
    UNIQUE (provider, model, from_day)
);
