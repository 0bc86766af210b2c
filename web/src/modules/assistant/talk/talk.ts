import type { Attachment, Message, MessagePart, Page } from '@/api/types';
import type { Question } from '@/shared/composer/queue';
import { applyStreamEvent, type StreamEvent } from '@/shared/stream/applyStreamEvent';
import type { Started } from '@/modules/assistant/api';

/** What is shown of one conversation: its active branch, as far up as it was fetched, and what is on its way. */
export interface Talk {
  phase: 'loading' | 'ready' | 'failed';
  problem: unknown;
  messages: readonly Message[];
  /** Cursor for the messages above the first; null when it is the beginning. */
  older: string | null;
  /** The question that was sent and not yet taken. */
  outgoing: Outgoing | undefined;
  /** Text is missing; the newest page must be fetched again. */
  stale: boolean;
  /** Another branch was asked for and is not here yet. */
  refreshing: boolean;
}

export interface Outgoing {
  question: Question;
  /** Why it was not taken; undefined while it is on its way. */
  problem: unknown;
}

export type TalkEvent =
  | { type: 'newest'; page: Page<Message> }
  | { type: 'older'; page: Page<Message> }
  | { type: 'failed'; problem: unknown }
  | { type: 'switching'; on: boolean }
  | { type: 'sending'; question: Question }
  | { type: 'refused'; problem: unknown }
  | { type: 'withdrawn' }
  | { type: 'started'; question: Question; started: Started; at: string }
  | { type: 'again'; of: string; answerId: string; generationId: string; at: string }
  | { type: 'continued'; answerId: string; generationId: string }
  | { type: 'streamed'; events: readonly StreamEvent[] };

export const emptyTalk: Talk = { phase: 'loading', problem: undefined, messages: [], older: null, outgoing: undefined, stale: false, refreshing: false };

/** The answer being written, if one is. Only the last message of a branch can be. */
export function runningAnswer(talk: Talk): Message | undefined {
  const last = talk.messages.at(-1);
  return last?.role === 'assistant' && last.status === 'streaming' ? last : undefined;
}

export function reduceTalk(talk: Talk, event: TalkEvent): Talk {
  switch (event.type) {
    case 'newest':
      return { ...talk, ...withNewest(talk, event.page), phase: 'ready', problem: undefined, stale: false };
    case 'older':
      return { ...talk, messages: [...event.page.items.filter((item) => !talk.messages.some(({ id }) => id === item.id)), ...talk.messages], older: event.page.next ?? null };
    case 'failed':
      return talk.phase === 'ready' ? talk : { ...talk, phase: 'failed', problem: event.problem };
    case 'switching':
      return { ...talk, refreshing: event.on };
    case 'sending':
      return { ...talk, outgoing: { question: event.question, problem: undefined } };
    case 'refused':
      return talk.outgoing ? { ...talk, outgoing: { ...talk.outgoing, problem: event.problem } } : talk;
    case 'withdrawn':
      return { ...talk, outgoing: undefined };
    case 'started':
      return { ...talk, messages: withQuestion(talk.messages, event), outgoing: undefined };
    case 'again':
      return { ...talk, messages: withNewAnswer(talk.messages, event) };
    case 'continued':
      return {
        ...talk,
        messages: talk.messages.map((message) => (message.id === event.answerId ? { ...message, status: 'streaming', generationId: event.generationId, error: null } : message)),
      };
    case 'streamed':
      return withEvents(talk, event.events);
  }
}

/** Where a question goes: the messages that stay above it. */
export function messagesAbove(messages: readonly Message[], parentId: string | null | undefined): readonly Message[] {
  if (parentId === undefined) return messages;
  return messages.slice(0, parentId === null ? 0 : messages.findIndex(({ id }) => id === parentId) + 1);
}

// A page that meets what is known replaces it from there on, so that older messages need not be fetched again.
function withNewest(talk: Talk, page: Page<Message>): Pick<Talk, 'messages' | 'older'> {
  const first = page.items[0];
  const meets = first ? talk.messages.findIndex(({ id }) => id === first.id) : -1;
  if (meets < 0) return { messages: page.items, older: page.next ?? null };
  const known = new Map(talk.messages.map((message) => [message.id, message]));
  return { messages: [...talk.messages.slice(0, meets), ...page.items.map((item) => merged(known.get(item.id), item, talk.stale))], older: meets === 0 ? (page.next ?? null) : talk.older };
}

function merged(known: Message | undefined, fetched: Message, stale: boolean): Message {
  if (!known) return fetched;
  // The stream may have brought more than the page held when it was read.
  if (known.status === 'streaming' && fetched.status === 'streaming' && !stale && lengthOf(known) > lengthOf(fetched)) return { ...fetched, parts: known.parts };
  // An unchanged message keeps its identity, and its row is not drawn again.
  return JSON.stringify(known) === JSON.stringify(fetched) ? known : fetched;
}

const lengthOf = (message: Message) => message.parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);

function withQuestion(messages: readonly Message[], { question, started, at }: Extract<TalkEvent, { type: 'started' }>): readonly Message[] {
  if (messages.some(({ id }) => id === started.messageId)) return messages;
  const above = messagesAbove(messages, question.parentId);
  const replaced = messages[above.length];
  const siblings = question.parentId === undefined || replaced?.role !== 'user' ? [] : replaced.siblings;
  const asked: Message = {
    id: started.messageId,
    parentId: above.at(-1)?.id ?? null,
    role: 'user',
    parts: [...question.attachments.map(attachmentPart), ...(question.text === '' ? [] : [{ type: 'text' as const, text: question.text }])],
    siblings: [...siblings, started.messageId],
    status: 'complete',
    createdAt: at,
  };
  return [...above, asked, newAnswer(started.answerId, started.generationId, asked.id, [], at)];
}

export const attachmentPart = ({ id, name, mediaType, size }: Attachment): MessagePart =>
  mediaType.startsWith('image/') ? { type: 'image', attachmentId: id, mediaType, name } : { type: 'file', attachmentId: id, mediaType, name, size };

function withNewAnswer(messages: readonly Message[], { of, answerId, generationId, at }: Extract<TalkEvent, { type: 'again' }>): readonly Message[] {
  const index = messages.findIndex(({ id }) => id === of);
  const former = messages[index];
  if (!former) return messages;
  return [...messages.slice(0, index), { ...newAnswer(answerId, generationId, former.parentId ?? null, former.siblings, at), ...(former.persona && { persona: former.persona }) }];
}

function newAnswer(id: string, generationId: string, parentId: string | null, siblings: readonly string[], createdAt: string): Message {
  return { id, parentId, role: 'assistant', parts: [], siblings: [...siblings, id], status: 'streaming', generationId, createdAt };
}

function withEvents(talk: Talk, events: readonly StreamEvent[]): Talk {
  const running = runningAnswer(talk);
  if (!running) return talk;
  let message = running;
  for (const event of events) {
    const next = applyStreamEvent(message, event);
    if (next === 'gap') return { ...talk, messages: talk.messages.with(-1, message), stale: true };
    message = next;
  }
  return message === running ? talk : { ...talk, messages: talk.messages.with(-1, message) };
}
