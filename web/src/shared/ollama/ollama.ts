import type { BrowserCall } from '@/api/types';
import { queryClient } from '@/shared/http/queryClient';
import { houseQuery } from '@/shared/session/queries';

/** A model's id in Atrium when it runs on the person's own computer: "ollama-browser/llama3.2:3b". */
const prefix = 'ollama-browser/';

export const computerModelId = (model: string): string => prefix + model;

/** Ollama's own name of such a model; undefined for every other id. */
export const computerModelOf = (id: string | null | undefined): string | undefined => (id?.startsWith(prefix) ? id.slice(prefix.length) : undefined);

/** Where Ollama may listen: the addresses that the page's policy lets it talk to. */
const origins = (): readonly string[] => queryClient.getQueryData(houseQuery.queryKey)?.ollamaOrigins ?? [];

export type OllamaCode = 'ollama-unreachable' | 'ollama-origin-refused' | 'ollama-blocked' | 'ollama-impossible' | 'ollama-model-missing' | 'cut-off';

/** Why Ollama on this computer does not answer. */
export class OllamaProblem extends Error {
  override readonly name = 'OllamaProblem';

  constructor(readonly code: OllamaCode) {
    super(code);
  }
}

export interface OllamaModel {
  name: string;
  /** "3.2B"; absent for models that run in Ollama's cloud. */
  size?: string | undefined;
  cloud: boolean;
}

/** A browser that keeps pages of this address from the computer they are shown on. */
function isImpossible(): boolean {
  const { protocol } = window.location;
  const safari = /^((?!chrome|android|chromium).)*safari/i.test(navigator.userAgent);
  return !window.isSecureContext || (safari && protocol === 'https:');
}

type Spaced = RequestInit & { targetAddressSpace?: string };

// Chromium asks the person's permission for such addresses, and wants to be told; others do not know the word.
function options(init: RequestInit): Spaced {
  const { protocol } = window.location;
  return protocol === 'https:' && 'targetAddressSpace' in Request.prototype ? { ...init, targetAddressSpace: 'loopback' } : init;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  if (isImpossible()) throw new OllamaProblem('ollama-impossible');
  for (const origin of origins()) {
    try {
      return await fetch(origin + path, options({ ...init, credentials: 'omit', cache: 'no-store' }));
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
    }
  }
  throw new OllamaProblem(await whyNot());
}

/** A refused origin and a program that is off look the same to a page, until it asks without wanting to read the answer. */
async function whyNot(): Promise<OllamaCode> {
  for (const origin of origins()) {
    try {
      await fetch(origin, options({ mode: 'no-cors', credentials: 'omit', cache: 'no-store' }));
      return 'ollama-origin-refused';
    } catch {
      // Off at this address.
    }
  }
  for (const name of ['loopback-network', 'local-network-access']) {
    const permission = await navigator.permissions.query({ name: name as PermissionName }).catch(() => undefined);
    if (permission?.state === 'denied') return 'ollama-blocked';
  }
  return 'ollama-unreachable';
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await reach(path, init);
  if (response.ok) return response;
  throw new OllamaProblem(response.status === 404 ? 'ollama-model-missing' : response.status === 403 ? 'ollama-origin-refused' : 'ollama-unreachable');
}

const post = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** The models that are installed here, and those of Ollama's cloud that this Ollama is signed in to. */
export async function listModels(signal?: AbortSignal): Promise<OllamaModel[]> {
  const response = await ask('/api/tags', { signal: signal ?? null });
  const { models = [] } = (await response.json()) as { models?: { name: string; remote_host?: string; details?: { parameter_size?: string } }[] };
  return models.map(({ name, remote_host, details }) => ({ name, size: details?.parameter_size, cloud: remote_host !== undefined || name.endsWith('-cloud') || name.endsWith(':cloud') }));
}

const mostContext = 8192;

/** How many tokens to let a model read: what it can, within what an ordinary computer holds. */
export async function contextOf(model: string): Promise<number> {
  const response = await ask('/api/show', post({ model }));
  const { model_info = {} } = (await response.json()) as { model_info?: Record<string, unknown> };
  const length = Object.entries(model_info).find(([key]) => key.endsWith('.context_length'))?.[1];
  return Math.min(mostContext, typeof length === 'number' ? length : 4096);
}

export interface OllamaPiece {
  text: string;
  reasoning: string;
}

export interface OllamaEnd {
  stopReason: 'stop' | 'length';
  usage: { inputTokens: number; outputTokens: number };
}

interface ChatLine {
  message?: { content?: string; thinking?: string };
  done?: boolean;
  done_reason?: string;
  prompt_eval_count?: number;
  eval_count?: number;
  error?: string;
}

/**
 * Asks a model of this computer and hands over what it says, piece by piece.
 * @throws OllamaProblem when it does not answer or breaks off; AbortError when it was stopped.
 */
export async function chat(model: string, contextTokens: number, call: BrowserCall, onPiece: (piece: OllamaPiece) => void, signal: AbortSignal): Promise<OllamaEnd> {
  const { temperature, topP, maxOutputTokens } = call.options;
  const settings = { num_ctx: contextTokens, ...(temperature != null && { temperature }), ...(topP != null && { top_p: topP }), ...(maxOutputTokens != null && { num_predict: maxOutputTokens }) };
  const messages = call.messages.map(({ role, content, images }) => ({ role, content, ...(images != null && { images }) }));
  const response = await ask('/api/chat', { ...post({ model, messages, stream: true, options: settings }), signal });
  for await (const line of readLines(response)) {
    const { message, done, done_reason, prompt_eval_count = 0, eval_count = 0, error } = JSON.parse(line) as ChatLine;
    if (error !== undefined) break;
    if (message) onPiece({ text: message.content ?? '', reasoning: message.thinking ?? '' });
    if (done) return { stopReason: done_reason === 'length' ? 'length' : 'stop', usage: { inputTokens: prompt_eval_count, outputTokens: eval_count } };
  }
  throw new OllamaProblem('cut-off');
}

async function* readLines(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
