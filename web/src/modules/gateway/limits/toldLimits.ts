import type { Budget } from '@/api/money';

const place = 'atrium.limits';
const ranks = { ok: 0, alert: 1, reached: 2 } as const;

type Told = Readonly<Record<string, { until: string; rank: number }>>;

/**
 * The limits that came close or were reached since this device last said so, and what it has said then.
 * Each is told once for each step in each period.
 */
export function newlyClose(limits: readonly Budget[], told: Told): { news: Budget[]; told: Told } {
  const rankOf = ({ id, resetsAt }: Budget) => (told[id]?.until === resetsAt ? told[id].rank : 0);
  return {
    news: limits.filter((limit) => ranks[limit.state] > rankOf(limit)),
    told: Object.fromEntries(limits.filter(({ state }) => state !== 'ok').map((limit) => [limit.id, { until: limit.resetsAt, rank: Math.max(ranks[limit.state], rankOf(limit)) }])),
  };
}

export function readTold(): Told {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Told;
  } catch {
    return {};
  }
}

export function keepTold(told: Told): void {
  try {
    localStorage.setItem(place, JSON.stringify(told));
  } catch {
    // Without a store each visit says it again.
  }
}
