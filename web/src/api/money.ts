// The shapes of the routes about money, until `npm run api` writes them: null fields are left out, days are UTC dates, "2026-11-20".

/** US dollars as an exact decimal string. */
export type Dollars = string;

export interface Sum {
  cost: Dollars;
  requests: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  images: number;
  /** Calls whose tokens no provider counted. */
  estimated: number;
  failed: number;
  cancelled: number;
  fromCache: number;
  /** What the calls answered from the cache would have cost. */
  saved: Dollars;
  /** Calls of a model whose price is not known; they are not in `cost`. */
  unpriced: number;
}

export interface CostDay {
  date: string;
  cost: Dollars;
  requests: number;
  images: number;
  modules: Readonly<Record<string, Dollars>>;
}

export interface CostMonth {
  start: string;
  spent: Dollars;
  /** At the end of the month, at the pace of the last 7 days. */
  expected: Dollars;
  days: number;
  day: number;
}

export interface ModelCost {
  provider: string;
  providerName: string;
  model: string;
  sum: Sum;
}

export interface ModuleCost {
  module: string;
  sum: Sum;
  features: { feature: string; sum: Sum }[];
}

export interface ThingCost {
  module: string;
  thingId: string;
  /** Absent: gone, or not yours. */
  title?: string;
  sum: Sum;
}

export interface CostReport {
  from: string;
  to: string;
  total: Sum;
  /** As many days before `from`. */
  previous: Sum;
  days: CostDay[];
  models: ModelCost[];
  modules: ModuleCost[];
  keys: { keyId?: string; name?: string; provider: string; sum: Sum }[];
  apiKeys: { apiKeyId: string; name?: string; prefix?: string; sum: Sum }[];
  things: ThingCost[];
  people?: { personId: string; username?: string; sum: Sum }[];
  groups?: { groupId: string; name: string; sum: Sum }[];
  month: CostMonth;
}

export interface CostCall {
  id: string;
  at: string;
  module: string;
  feature: string;
  provider: string;
  model: string;
  keyId?: string;
  apiKeyId?: string;
  inputTokens: number;
  cachedTokens: number;
  cacheWrittenTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  images: number;
  estimated: boolean;
  /** Absent: the model's price is not known. */
  cost?: Dollars;
  saved?: Dollars;
  status: 'complete' | 'failed' | 'cancelled' | 'cached';
  thingId?: string;
}

export type BudgetKind = 'all' | 'key' | 'model' | 'module' | 'house-key';
export type BudgetPeriod = 'day' | 'month';
export type BudgetUnit = 'dollars' | 'tokens' | 'messages';

export interface BudgetTerms {
  kind: BudgetKind;
  subject?: string;
  period: BudgetPeriod;
  unit: BudgetUnit;
  /** Decimal string: dollars, or whole tokens or messages. */
  amount: string;
  alertPercent: number;
  /** Set by an admin: a person's id, `group:` and its id, each or everyone. */
  owner?: string;
}

export interface Budget extends BudgetTerms {
  id: string;
  spent: string;
  /** What running calls hold. */
  held: string;
  state: 'ok' | 'alert' | 'reached';
  setBy: 'person' | 'admin';
  owner: string;
  ownerName?: string;
  resetsAt: string;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  models: string[];
  endpoints: string[];
  addresses: string[];
  createdAt: string;
  expiresAt?: string;
  lastUsedAt?: string;
  revokedAt?: string;
  /** Its secret was sent inside an address, where logs keep it. */
  exposedAt?: string;
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  concurrentCalls?: number;
}

export interface NewApiKey {
  name: string;
  models?: string[];
  endpoints?: string[];
  addresses?: string[];
  budget?: Dollars;
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  concurrentCalls?: number;
  expiresAt?: string;
}

export interface LongContextPrice {
  /** Tokens of input from which on the whole call costs these rates. */
  above: number;
  input: Dollars;
  output: Dollars;
  cached?: Dollars;
}

/** Dollars per million tokens, and each for pictures and requests. */
export interface Rates {
  input?: Dollars;
  output?: Dollars;
  cached?: Dollars;
  cacheWrite?: Dollars;
  reasoning?: Dollars;
  image?: Dollars;
  request?: Dollars;
  longContext?: LongContextPrice;
}

export interface NewPrice extends Rates {
  provider: string;
  model: string;
  from?: string;
}

export interface Price extends NewPrice {
  /** Absent: came with the house. */
  id?: string;
  source: 'built-in' | 'setting' | 'admin';
  retires?: string;
  successor?: string;
  unverified: boolean;
}

export interface HouseKey {
  id: string;
  provider: string;
  name: string;
  fingerprint: string;
  baseUrl?: string;
  settings?: Readonly<Record<string, string>>;
  enabled: boolean;
  needsSecret?: boolean;
  createdAt: string;
  lastUsedAt?: string;
  spentThisMonth?: Dollars;
  /** `everyone`, or `group:` and its id. */
  audience: string;
}

export interface HouseKeyList {
  items: HouseKey[];
  /** Settings in which whoever runs the house has put a key that nobody uses yet. */
  offered?: { setting: string; provider: string }[];
}

export interface CacheState {
  enabled: boolean;
  hours: number;
  entries: number;
  /** Since the server started, as the misses. */
  hits: number;
  misses: number;
  /** In the last 30 days. */
  saved: Dollars;
}
