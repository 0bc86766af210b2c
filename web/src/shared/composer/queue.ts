/** A question written while another is being answered. It keeps its id, so that sending it twice asks once. */
export interface QueuedQuestion {
  clientId: string;
  text: string;
  attachments: readonly string[];
  model?: string;
}

const prefix = 'atrium.queue.';

// Per tab: two tabs with one shared queue would both send it.
export function readQueue(place: string): readonly QueuedQuestion[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + place) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isQuestion) : [];
  } catch {
    return [];
  }
}

export function writeQueue(place: string, queue: readonly QueuedQuestion[]): void {
  try {
    if (queue.length === 0) sessionStorage.removeItem(prefix + place);
    else sessionStorage.setItem(prefix + place, JSON.stringify(queue));
  } catch {
    // The queue then lives only as long as this page.
  }
}

function isQuestion(value: unknown): value is QueuedQuestion {
  const question = value as Partial<QueuedQuestion> | null;
  return typeof question?.clientId === 'string' && typeof question.text === 'string' && Array.isArray(question.attachments);
}
