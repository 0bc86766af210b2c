/** What went wrong with a request, as the server's problem details say it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** Machine-readable; `no-connection` when no answer came at all. */
    readonly code: string,
    /** An English sentence, shown when the catalogue has none for the code. */
    readonly title: string,
    /** HTTP status; 0 when no answer came at all. */
    readonly status: number,
    /** Texts by camelCase field name. */
    readonly errors: Readonly<Record<string, readonly string[]>> = {},
    /** Seconds after which to try again. */
    readonly retryAfter?: number,
  ) {
    super(title);
  }

  static async from(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => null);
    const details = isRecord(body) ? body : {};
    const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return new Problem(
      textOf(details.code) ?? `http-${response.status}`,
      textOf(details.title) ?? `The server answered ${response.status}.`,
      response.status,
      fieldTexts(details.errors),
      Number.isFinite(wait) ? wait : undefined,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldTexts(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([field, texts]) => [
      field,
      (Array.isArray(texts) ? texts : [texts]).filter((text): text is string => typeof text === 'string'),
    ]),
  );
}
