import type { components } from './schema';

// Short names for what `npm run api` writes from the server's OpenAPI document, narrowed where that document
// says "a string" and the server keeps to a few.

type Schemas = components['schemas'];
type Narrow<T, U> = Omit<T, keyof U> & U;

export interface Page<T> {
  items: T[];
  /** The cursor of what follows; the server leaves it out where nothing does. */
  next?: string | null;
}

/** US dollars as a decimal string. */
type Money = string;

export type Locale = Schemas['PreferredLocale'];
export type ColorScheme = Schemas['PreferredTheme'];
export type PersonaId = Schemas['PreferredPersona'];
export type Preferences = Required<Schemas['Preferences']>;

export const roles = ['guest', 'user', 'developer', 'admin'] as const;
export type Role = (typeof roles)[number];

export type House = Narrow<Schemas['GetHouseResponse'], { registration: 'open' | 'invite' | 'closed' }>;
export type Me = Narrow<Schemas['MeResponse'], { role: Role; preferences: Preferences }>;
export type RegistrationMode = Schemas['RegistrationMode'];
export type NewPeople = Narrow<Schemas['GetHouseRulesNewPeopleItem'], { role: Exclude<Role, 'admin'> }>;
export type HouseRules = Narrow<Schemas['GetHouseRulesResponse'], { newPeople: NewPeople }>;
export type Notices = Schemas['GetNoticesResponse'];
export type Limits = Narrow<Schemas['ListLimitsResponse'], { items: Narrow<Schemas['ListLimitsItem'], { by: 'person' | 'address' }>[] }>;
export type HouseGroup = Schemas['Group'];
export type GroupMember = Narrow<Schemas['ListMembersItem'], { role: Role }>;
export type Session = Narrow<Schemas['SessionResponse'], { user: Me }>;
export type ProxyCheck = Schemas['CheckProxyResponse'];
export type OpenSession = Schemas['ListSessionsItem'];
export type HousePerson = Narrow<Schemas['PersonItem'], { role: Role }>;
export type Invitation = Narrow<Schemas['ListInvitationsItem'], { role: Role }>;
export type NewInvitation = Schemas['CreateInvitationResponse'];
export type AuditItem = Schemas['ListAuditItem'];

export type Provider = Narrow<Schemas['ListProvidersItem'], { status: 'active' | 'closed'; sharedKey?: boolean | null }>;
export type ProviderSetting = Schemas['ListProvidersSetting'];
export type ProviderChoice = Schemas['ChoiceViewResponse'];
export type ProviderKey = Narrow<Schemas['KeyViewItem'], { spentThisMonth?: Money | null }>;
export type Fallback = Schemas['FallbackViewItem'];
export type ProviderTest = Schemas['TestProviderResponse'];
export type Model = Schemas['ListModelsItem'];
export type ModelList = Schemas['ListModelsResponse'];

export type SpentToday = Narrow<Schemas['ShowTodayResponse'], { spent: Money; limit: Money | null }>;

export type Persona = Narrow<Schemas['ListPersonasItem'], { id: PersonaId }>;
export type ConversationSummary = Narrow<Schemas['ListConversationsItem'], { persona: PersonaId }>;
export type ModelParameters = Schemas['ModelParameters'];
export type Conversation = Narrow<Schemas['Conversation'], { persona: PersonaId; cost: Money }>;

export type Usage = Schemas['MessageUsage'];
/** The OpenAPI document leaves the discriminator optional; the server always sends it. */
type Part<Name extends string, Kind extends keyof Schemas> = Narrow<Schemas[Kind], { type: Name }>;
export type MessagePart =
  | Part<'text', 'MessagePartTextPart'>
  | Part<'reasoning', 'MessagePartReasoningPart'>
  | Part<'image', 'MessagePartImagePart'>
  | Part<'file', 'MessagePartFilePart'>
  // While it streams, a call has no id yet.
  | Narrow<Part<'tool', 'MessagePartToolPart'>, { callId?: string }>
  | Part<'citation', 'MessagePartCitationPart'>;

export type Message = Narrow<
  Schemas['Message'],
  {
    role: 'user' | 'assistant';
    parts: MessagePart[];
    status: 'complete' | 'streaming' | 'interrupted' | 'stopped' | 'failed';
    persona?: PersonaId | null;
    cost?: Money | null;
  }
>;

export type FoundMessage = Narrow<Schemas['SearchMessagesItem'], { role: 'user' | 'assistant' }>;
export type ImportReport = Required<Schemas['ImportReport']>;
export type Import = Narrow<Schemas['Import'], { status: 'queued' | 'running' | 'finished' | 'failed' | 'interrupted'; report: ImportReport }>;
export type TreeItem = Narrow<Schemas['ShowTreeItem'], { role: 'user' | 'assistant' }>;
export type Tree = Narrow<Schemas['ShowTreeResponse'], { items: TreeItem[] }>;
export type DefaultModel = Schemas['DefaultModelViewItem'];
export type Draft = Schemas['Draft'];
export type FailureValues = Schemas['ChatFailureValues'] & { successor?: string | null };
export type BrowserCall = Schemas['BrowserCall'];
export type Attachment = Schemas['UploadAttachmentResponse'];
export type Status = Narrow<Schemas['GetStatusResponse'], { database: 'sqlite' | 'postgresql' }>;
