import { describe, expect, it } from 'vitest';
import en from '@/shared/i18n/en.json';
import { translator } from '@/shared/i18n/messages';
import { Problem } from './problem';
import { problemText } from './problemText';

const t = translator('en', en);

describe('the sentence for a problem', () => {
  it('is the catalogue’s where it knows the code', () => {
    expect(problemText(t, new Problem('username-taken', 'from the server', 409))).toBe(en['problem.usernameTaken']);
  });

  it('is the server’s where it does not', () => {
    expect(problemText(t, new Problem('brand-new', 'The kiln is too hot.', 409))).toBe('The kiln is too hot.');
  });

  it('is the first field’s when fields are wrong', () => {
    expect(problemText(t, new Problem('validation', 'Some fields.', 400, { baseUrl: ['No address.'] }))).toBe('No address.');
  });

  it('says how long to wait', () => {
    expect(problemText(t, new Problem('rate-limited', '', 429, {}, 7))).toBe('Too many tries. Wait 7 seconds.');
  });

  it('tells nobody the inside of an error of our own', () => {
    expect(problemText(t, new TypeError('x is undefined'))).toBe(en['problem.unexpected']);
  });
});
