import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useConnection } from './connection';
import { http, onSignedOut } from './http';
import { Problem } from './problem';

const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

const refused = () => answer(401, { code: 'sign-in-required', title: 'Sign in.' });

/** A server that answers by address; each address has a list of answers, the last of which repeats. */
function serve(answers: Record<string, (() => Response)[]>) {
  const asked: string[] = [];
  vi.stubGlobal(
    'fetch',
    vi.fn((path: string, init: RequestInit) => {
      asked.push(`${init.method ?? 'GET'} ${path}`);
      const left = answers[path] ?? [];
      const next = left.length > 1 ? left.shift() : left[0];
      return next ? Promise.resolve(next()) : Promise.reject(new TypeError('no such address'));
    }),
  );
  return asked;
}

describe('a request', () => {
  const signedOut = vi.fn();

  beforeEach(() => {
    signedOut.mockClear();
    onSignedOut(signedOut);
    useConnection.setState({ lost: false });
  });

  it('renews a session that has run out, once, and goes on', async () => {
    const asked = serve({ '/api/me': [refused, () => answer(200, { username: 'mira' })], '/api/refresh': [() => answer(200, {})] });
    await expect(http.get('/api/me')).resolves.toEqual({ username: 'mira' });
    expect(asked).toEqual(['GET /api/me', 'POST /api/refresh', 'GET /api/me']);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('shares one renewal among all that wait for it', async () => {
    const asked = serve({
      '/api/me': [refused, refused, () => answer(200, {})],
      '/api/refresh': [() => answer(200, {})],
    });
    await Promise.all([http.get('/api/me'), http.get('/api/me')]);
    expect(asked.filter((each) => each === 'POST /api/refresh')).toHaveLength(1);
  });

  it('says that the session is over when it cannot be renewed', async () => {
    serve({ '/api/me': [refused], '/api/refresh': [refused] });
    await expect(http.get('/api/me')).rejects.toMatchObject({ code: 'sign-in-required', status: 401 });
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it('takes a wrong password for no ended session', async () => {
    const asked = serve({ '/api/login': [() => answer(401, { code: 'sign-in-failed', title: 'No.' })] });
    await expect(http.post('/api/login', {})).rejects.toMatchObject({ code: 'sign-in-failed' });
    expect(asked).toEqual(['POST /api/login']);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('names the fields and the wait of a problem', async () => {
    serve({ '/api/register': [() => answer(400, { code: 'validation', title: 'Some fields.', errors: { username: ['Taken.'] } }, { 'Retry-After': '7' })] });
    await expect(http.post('/api/register', {})).rejects.toMatchObject({ code: 'validation', errors: { username: ['Taken.'] }, retryAfter: 7 });
  });

  it('makes a problem of an answer that is no problem document', async () => {
    serve({ '/api/me': [() => new Response('<html>Bad gateway</html>', { status: 502 })] });
    await expect(http.get('/api/me')).rejects.toMatchObject({ code: 'http-502', status: 502, errors: {} });
  });

  it('notices that the house does not answer, and that it does again', async () => {
    serve({});
    await expect(http.get('/api/me')).rejects.toBeInstanceOf(Problem);
    expect(useConnection.getState().lost).toBe(true);
    serve({ '/api/me': [() => answer(200, {})] });
    await http.get('/api/me');
    expect(useConnection.getState().lost).toBe(false);
  });

  it('gives nothing for an answer without content', async () => {
    serve({ '/api/logout': [() => answer(204)] });
    await expect(http.post('/api/logout')).resolves.toBeUndefined();
  });
});
