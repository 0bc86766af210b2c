/** An address inside this house, or nothing: where to go after signing in never leads to another site. */
export function innerAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return undefined;
  const url = new URL(value, window.location.origin);
  const entry = /^\/(sign-in|sign-up|setup|forgot|reset)(\/|$)/.test(url.pathname);
  return url.origin === window.location.origin && !entry ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
