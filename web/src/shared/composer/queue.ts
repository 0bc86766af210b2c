import type { Attachment } from '@/api/types';

/** Something written and not yet taken by the server. It keeps its id, so that sending it twice asks once. */
export interface Question {
  clientId: string;
  text: string;
  attachments: readonly Attachment[];
  /** Absent: what the conversation uses. */
  model?: string;
  /** Absent: after the newest message; null: a new beginning. */
  parentId?: string | null;
}

const prefix = 'atrium.queue.';

// Per tab: two tabs with one shared queue would both send it.
export function readQueue(place: string): readonly Question[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + place) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isQuestion) : [];
  } catch {
    return [];
  }
}

export function writeQueue(place: string, queue: readonly Question[]): void {
  try {
    if (queue.length === 0) sessionStorage.removeItem(prefix + place);
    else sessionStorage.setItem(prefix + place, JSON.stringify(queue));
  } catch {
    // The queue then lives only as long as this page.
  }
}

function isQuestion(value: unknown): value is Question {
  const question = value as Partial<Question> | null;
  return typeof question?.clientId === 'string' && typeof question.text === 'string' && Array.isArray(question.attachments);
}
