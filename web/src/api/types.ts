// The shapes of the HTTP contract, as the server's OpenAPI document describes them.

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Role = 'guest' | 'user' | 'developer' | 'admin';
export type Locale = 'en' | 'es' | 'vi';
export type ColorScheme = 'auto' | 'light' | 'dark';
export type PersonaId = 'diszi' | 'zily';

export interface House {
  name: string;
  version: string;
  setupNeeded: boolean;
  registration: 'open' | 'invite' | 'closed';
  banners: string[];
  insecureOrigin: boolean;
}

export interface Preferences {
  locale: Locale;
  theme: ColorScheme;
  enterSends: boolean;
  hideProviderPrompt: boolean;
  persona: PersonaId;
  notify: boolean;
}

export interface Me {
  id: string;
  username: string;
  email?: string | null;
  role: Role;
  createdAt: string;
  preferences: Preferences;
}

export interface Session {
  token: string;
  refreshToken: string;
  expiresAt: string;
  user: Me;
}

export interface OpenSession {
  id: string;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
  browser?: string | null;
  network?: string | null;
}

export interface ProviderSetting {
  name: string;
  required: boolean;
  secret: boolean;
  note?: string | null;
}

export interface Provider {
  id: string;
  name: string;
  categories: string[];
  status: 'active' | 'closed';
  replacement?: string | null;
  usable: boolean;
  needsKey: boolean;
  keyUrl?: string | null;
  keyPrefixes: string[];
  keyPattern?: string | null;
  settings: ProviderSetting[];
  baseUrl?: string | null;
  allowsBaseUrl: boolean;
  defaultModel?: string | null;
  capabilities: { tools: boolean; vision: boolean; jsonSchema: boolean; embeddings: boolean; images: boolean };
  keyHosts: string[];
}

export interface ProviderChoice {
  provider: string;
  model?: string | null;
  baseUrl?: string | null;
  settings: Record<string, string>;
  keyId?: string | null;
  fingerprint?: string | null;
  chosen: boolean;
}

export interface ProviderKey {
  id: string;
  provider: string;
  name: string;
  fingerprint: string;
  baseUrl?: string | null;
  settings: Record<string, string>;
  createdAt: string;
  lastUsedAt?: string | null;
  enabled: boolean;
}

export interface ProviderTest {
  works: boolean;
  models: string[];
  code?: string | null;
  title?: string | null;
  milliseconds: number;
}

export interface Model {
  id: string;
  provider: string;
  providerName: string;
  model: string;
  contextTokens?: number | null;
  inputPrice?: string | null;
  outputPrice?: string | null;
  vision: boolean;
  tools: boolean;
  reasoning: boolean;
}

export interface ModelList {
  items: Model[];
  unreachable: { provider: string; code: string; title: string }[];
}

export interface SpentToday {
  spent: string;
  limit: string | null;
}

export interface Persona {
  id: PersonaId;
  name: string;
  purpose: string;
}

export interface ConversationSummary {
  id: string;
  title: string;
  persona: PersonaId;
  model?: string | null;
  pinned: boolean;
  createdAt: string;
  updatedAt: string;
  running: boolean;
}

export interface ModelParameters {
  temperature?: number | null;
  topP?: number | null;
  maxOutputTokens?: number | null;
  reasoningEffort?: string | null;
}

export interface Conversation {
  id: string;
  title: string;
  persona: PersonaId;
  model?: string | null;
  systemPrompt?: string | null;
  parameters: ModelParameters;
  leafId?: string | null;
  pinned: boolean;
  createdAt: string;
  updatedAt: string;
  running?: { generationId: string; messageId: string } | null;
  cost: string;
  messageCount: number;
  contextTokens: number;
}

export type MessagePart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string; seconds?: number | null }
  | { type: 'image'; attachmentId: string; mediaType: string; name: string }
  | { type: 'file'; attachmentId: string; mediaType: string; name: string; size: number }
  | { type: 'tool'; name: string; arguments: string; result?: string | null }
  | { type: 'citation'; title: string; url?: string | null; quote?: string | null };

export interface Usage {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  estimated: boolean;
}

export interface Message {
  id: string;
  parentId?: string | null;
  role: 'user' | 'assistant';
  parts: MessagePart[];
  siblings: string[];
  status: 'complete' | 'streaming' | 'interrupted' | 'stopped' | 'failed';
  /** "length": a complete answer that ended at its limit and can go on. */
  stopReason?: string | null;
  persona?: PersonaId | null;
  provider?: string | null;
  providerName?: string | null;
  model?: string | null;
  fallback?: { provider: string; code: string; title: string } | null;
  usage?: Usage | null;
  cost?: string | null;
  error?: { code: string; title: string } | null;
  createdAt: string;
  finishedAt?: string | null;
  generationId?: string | null;
}

export interface FoundMessage {
  conversationId: string;
  conversationTitle: string;
  messageId: string;
  role: 'user' | 'assistant';
  excerpt: string;
  createdAt: string;
}

export interface Attachment {
  id: string;
  name: string;
  mediaType: string;
  size: number;
}

export interface Status {
  version: string;
  database: 'sqlite' | 'postgresql';
  uptimeSeconds: number;
}
