import { Problem } from '@/shared/http/problem';

/** How far an import is: bytes on their way, then conversations read. */
export interface ImportProgress {
  phase: 'sending' | 'reading';
  done: number;
  total: number;
}

export interface ImportReport {
  conversations: number;
  messages: number;
  skipped: readonly { title: string; code: string }[];
}

type Line = ({ type: 'progress' } & Omit<ImportProgress, 'phase'>) | ({ type: 'report' } & ImportReport) | { type: 'error'; code: string; title: string };

/**
 * Sends an export of ChatGPT to the house and follows it until it is read.
 * @throws Problem when the house refuses it or does not answer; AbortError when it was given up.
 */
export function importConversations(file: File, onProgress: (progress: ImportProgress) => void, signal: AbortSignal): Promise<ImportReport> {
  const form = new FormData();
  form.append('file', file);
  // Only this old interface of the browser says how much of a body has been sent.
  const request = new XMLHttpRequest();
  return new Promise<ImportReport>((resolve, reject) => {
    const lines = lineReader();
    let report: ImportReport | undefined;
    let failure: Problem | undefined;
    const hear = (ended: boolean) => {
      if (request.status !== 200) return;
      try {
        for (const line of lines(request.responseText, ended)) {
          if (line.type === 'progress') onProgress({ phase: 'reading', done: line.done, total: line.total });
          else if (line.type === 'report') report = line;
          else failure = new Problem(line.code, line.title, 200);
        }
      } catch {
        failure = new Problem('internal-error', 'The house answered with something unreadable.', 200);
      }
    };
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress({ phase: 'sending', done: loaded, total }));
    request.addEventListener('progress', () => hear(false));
    request.addEventListener('load', () => {
      hear(true);
      if (report) resolve(report);
      else reject(failure ?? problemOf(request));
    });
    request.addEventListener('error', () => reject(new Problem('no-connection', 'No connection to the house.', 0)));
    request.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', '/api/conversations/import');
    request.setRequestHeader('Accept', 'application/x-ndjson, application/problem+json');
    request.send(form);
  });
}

/** Hands over each line once, when it is whole; with `ended`, also the last one, which may have no end of line. */
function lineReader(): (text: string, ended: boolean) => Line[] {
  let read = 0;
  return (text, ended) => {
    const end = ended ? text.length : text.lastIndexOf('\n') + 1;
    const fresh = text.slice(read, end);
    read = end;
    return fresh.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Line]));
  };
}

function problemOf(request: XMLHttpRequest): Problem {
  try {
    const { code, title } = JSON.parse(request.responseText) as { code?: string; title?: string };
    return new Problem(code ?? `http-${request.status}`, title ?? `The server answered ${request.status}.`, request.status);
  } catch {
    return new Problem(`http-${request.status}`, `The server answered ${request.status}.`, request.status);
  }
}
