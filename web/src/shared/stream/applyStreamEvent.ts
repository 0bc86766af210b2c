import type { Message, MessagePart, Usage } from '@/api/types';

export type StreamEvent =
  | { type: 'delta' | 'reasoning'; messageId: string; offset: number; text: string }
  | { type: 'tool'; messageId: string; name: string; arguments?: string | null; result?: string | null }
  | { type: 'usage'; messageId: string; usage: Usage; cost?: string | null }
  | { type: 'snapshot' | 'done'; message: Message }
  | { type: 'error'; code: string; title: string; message: Message }
  | { type: 'restarting' };

/** The message after an event, or 'gap' when text is missing in between and the whole message must be fetched. */
export function applyStreamEvent(message: Message, event: StreamEvent): Message | 'gap' {
  switch (event.type) {
    case 'snapshot':
    case 'done':
      return event.message.id === message.id ? whole(message, event.message) : message;
    case 'error':
      return event.message.id === message.id
        ? { ...whole(message, event.message), error: event.message.error ?? { code: event.code, title: event.title } }
        : message;
    case 'restarting':
      return message;
    case 'usage':
      return event.messageId === message.id ? { ...message, usage: event.usage, cost: event.cost ?? message.cost ?? null } : message;
    case 'tool':
      return event.messageId === message.id ? { ...message, parts: withTool(message.parts, event) } : message;
    case 'delta':
    case 'reasoning': {
      if (event.messageId !== message.id) return message;
      const parts = withText(message.parts, event.type === 'delta' ? 'text' : 'reasoning', event.offset, event.text);
      return parts === 'gap' ? 'gap' : parts === message.parts ? message : { ...message, parts };
    }
  }
}

// A stream knows one answer, not what else was answered in its place.
const whole = (known: Message, sent: Message): Message => ({ ...sent, siblings: sent.siblings.length < known.siblings.length ? known.siblings : sent.siblings });

/** True for the events after which the server sends nothing more. */
export function isLast(event: StreamEvent): boolean {
  return event.type === 'done' || event.type === 'error';
}

// A reconnected stream may send again what is already here, so every piece says where it belongs:
// known text is skipped, an overlap must agree, and only the last part can grow.
function withText(parts: MessagePart[], type: 'text' | 'reasoning', offset: number, text: string): MessagePart[] | 'gap' {
  const last = parts.at(-1);
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index];
    if (part?.type !== type || offset > part.text.length) continue;
    const overlap = Math.min(text.length, part.text.length - offset);
    if (part.text.slice(offset, offset + overlap) !== text.slice(0, overlap)) continue;
    if (overlap === text.length) {
      if (text.length > 0) return parts;
      continue;
    }
    if (part !== last) continue;
    return [...parts.slice(0, index), { ...part, text: part.text + text.slice(overlap) }];
  }
  return offset === 0 && last?.type !== type ? [...parts, { type, text }] : 'gap';
}

function withTool(parts: MessagePart[], { name, arguments: given, result }: Extract<StreamEvent, { type: 'tool' }>): MessagePart[] {
  // A result may come without the name of its tool; it belongs to the last call that waits for one.
  const isOf = (part: MessagePart) => part.type === 'tool' && (name === '' || part.name === name);
  const known = parts.some((part) => part.type === 'tool' && isOf(part) && part.arguments === (given ?? part.arguments) && (result == null || part.result === result));
  if (known) return parts;
  const open = parts.findLastIndex((part) => part.type === 'tool' && isOf(part) && part.result == null);
  const call = parts[open];
  if (result != null && call?.type === 'tool') return parts.with(open, { ...call, result });
  return [...parts, { type: 'tool', name, arguments: given ?? '', ...(result != null && { result }) }];
}
