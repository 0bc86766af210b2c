import type { AuditItem } from '@/api/types';
import { pagesQuery, searchOf } from '@/shared/http/pages';

const path = '/api/admin/audit';

export interface AuditFilter {
  action: string;
  /** Id of who did it. */
  actor: string;
  /** Days as the person's calendar has them, "2026-11-20"; both included. */
  from: string;
  to: string;
}

export const noFilter: AuditFilter = { action: '', actor: '', from: '', to: '' };

/** What the house is asked: a day begins and ends by the clock of whoever looks. */
export function searchFor({ action, actor, from, to }: AuditFilter): Record<string, string | undefined> {
  return { action, actor, from: midnight(from, 0), to: midnight(to, 1) };
}

function midnight(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}

export const auditQuery = (filter: AuditFilter) => pagesQuery<AuditItem>(['house', 'audit', filter], path, searchFor(filter));

/** An address that downloads what the filter leaves, all of it. */
export const auditExport = (filter: AuditFilter): string => `${path}/export?${searchOf(searchFor(filter))}`;
