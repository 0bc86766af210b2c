import { expect, it } from 'vitest';
import { auditExport, noFilter, searchFor } from './queries';

it('asks for whole days by the clock of whoever looks', () => {
  const { from, to } = searchFor({ ...noFilter, from: '2026-11-20', to: '2026-11-20' });
  expect(from).toBe(new Date(2026, 10, 20).toISOString());
  expect(to).toBe(new Date(2026, 10, 21).toISOString());
});

it('asks for everything where a day is missing or half typed', () => {
  expect(searchFor({ ...noFilter, from: '', to: '2026-1' })).toEqual({ action: '', actor: '', from: undefined, to: undefined });
});

it('downloads what the filter leaves', () => {
  expect(auditExport({ ...noFilter, action: 'accounts.signed-in' })).toBe('/api/admin/audit/export?action=accounts.signed-in');
});
