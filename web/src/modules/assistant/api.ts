import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Attachment, BrowserCall, Conversation, ConversationSummary, Draft, FoundMessage, Message, ModelParameters, Page, Persona, PersonaId, SpentToday, Tree } from '@/api/types';
import type { Question } from '@/shared/composer/queue';
import type { DraftHome } from '@/shared/composer/draftSync';
import { http, respond } from '@/shared/http/http';
import type { BrowserModel } from './talk/browserAnswers';

const root = '/api/conversations';

/** Messages are fetched this many at a time, upwards from the newest. */
export const pageSize = 60;

export interface ConversationChange {
  title?: string;
  persona?: PersonaId;
  model?: string | null;
  systemPrompt?: string | null;
  parameters?: ModelParameters;
  pinned?: boolean;
  leafId?: string;
}

export interface StartedAnswer {
  answerId: string;
  generationId: string;
  /** What this browser sends to the model of its own computer; the house makes all other answers itself. */
  call?: BrowserCall | null;
}

export interface Started extends StartedAnswer {
  messageId: string;
}

export const conversationsQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['assistant', 'conversations', query],
    queryFn: ({ pageParam, signal }) => http.get<Page<ConversationSummary>>(`${root}?${search({ q: query, cursor: pageParam, limit: '50' })}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 15_000,
  });

export const foundMessagesQuery = (query: string) =>
  queryOptions({
    queryKey: ['assistant', 'found', query],
    queryFn: ({ signal }) => http.get<Page<FoundMessage>>(`/api/messages/search?${search({ q: query, limit: '20' })}`, signal),
    enabled: query.length > 1,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['assistant', 'conversation', id],
    queryFn: ({ signal }) => http.get<Conversation>(`${root}/${id}`, signal),
  });

/** All branches of a conversation in a few words each. @param state changes whenever the tree may have grown. */
export const treeQuery = (id: string, state: string) =>
  queryOptions({
    queryKey: ['assistant', 'tree', id, state],
    queryFn: ({ signal }) => http.get<Tree>(`${root}/${id}/tree`, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const personasQuery = queryOptions({
  queryKey: ['assistant', 'personas'],
  queryFn: ({ signal }) => http.get<{ items: Persona[] }>('/api/personas', signal),
  staleTime: Infinity,
});

export const spentTodayQuery = queryOptions({
  queryKey: ['costs', 'today'],
  queryFn: ({ signal }) => http.get<SpentToday>('/api/costs/today', signal),
  staleTime: 30_000,
});

export const getMessages = (id: string, before?: string) => http.get<Page<Message>>(`${root}/${id}/messages?${search({ before, limit: String(pageSize) })}`);

export const createConversation = (settings: ConversationChange) => http.post<{ id: string }>(root, settings);
export const changeConversation = (id: string, change: ConversationChange) => http.patch<Conversation>(`${root}/${id}`, change);
export const deleteConversation = (id: string) => http.delete(`${root}/${id}`);
export const restoreConversation = (id: string) => http.post(`${root}/${id}/restore`);

/** Browsers take 64 KiB for what is to arrive after the page was left; a letter has up to three bytes there. */
const leavesWithPage = 20_000;

export const draftHome = (id: string): DraftHome => ({
  load: async () => (await http.get<Draft>(`${root}/${id}/draft`)).text,
  save: (text) => respond('PUT', `${root}/${id}/draft`, { body: { text }, keepalive: text.length < leavesWithPage }),
});

export const ask = (id: string, question: Question, browser?: BrowserModel) =>
  http.post<Started>(`${root}/${id}/messages`, { ...question, attachments: question.attachments.map((attachment) => attachment.id), browser });
export const answerAgain = (id: string, answer: string, model?: string, browser?: BrowserModel) => http.post<StartedAnswer>(`${root}/${id}/messages/${answer}/regenerate`, { model, browser });
export const continueAnswer = (id: string, answer: string, browser?: BrowserModel) => http.post<StartedAnswer>(`${root}/${id}/messages/${answer}/continue`, { browser });
export const stopAnswer = (generation: string) => http.post(`/api/generations/${generation}/stop`);
/** An address that downloads one conversation, or all of them. */
export const exportAddress = (format: 'markdown' | 'json', id?: string) => `${root}/${id === undefined ? '' : `${id}/`}export?format=${format}`;

export const streamAddress = (id: string) => `${root}/${id}/stream`;

export function upload(file: File): Promise<Attachment> {
  const form = new FormData();
  form.append('file', file);
  return http.post<Attachment>('/api/attachments', form);
}

function search(values: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')).toString();
}
