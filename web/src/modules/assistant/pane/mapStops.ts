import type { Tree, TreeItem } from '@/api/types';

type Shown = Pick<TreeItem, 'id' | 'parentId' | 'role' | 'excerpt'>;

/** A place on the map. */
export interface Stop {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  /** How many forks away from the first branch it lies. */
  depth: number;
  /** It stands in the branch that is shown. */
  shown: boolean;
  /** Which of several it is, where something else was asked or answered in its place. */
  fork: { index: number; total: number } | undefined;
}

/** The questions of all branches, and the answers that are one of several: each branch below the place where it leaves. */
export function mapStops({ leafId, items }: { leafId?: Tree['leafId'] | undefined } & { items: readonly Shown[] }): readonly Stop[] {
  const known = new Set(items.map(({ id }) => id));
  const children = new Map<string, Shown[]>();
  for (const item of items) {
    // Of a very long conversation the oldest messages are not here: what follows them begins the map.
    const parent = item.parentId != null && known.has(item.parentId) ? item.parentId : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(item);
    else children.set(parent, [item]);
  }
  const shown = branchOf(items, leafId);
  const stops: Stop[] = [];
  const left: { item: Shown; depth: number; fork: Stop['fork'] }[] = [];
  const visit = (parent: string, depth: number) => {
    const siblings = children.get(parent) ?? [];
    const total = siblings.length;
    // The last in is the first out, so that the first branch comes first.
    siblings.forEach((_, place) => {
      const index = total - place;
      const item = siblings[index - 1];
      if (item) left.push({ item, depth: depth + (index > 1 ? 1 : 0), fork: total > 1 ? { index, total } : undefined });
    });
  };
  visit('', 0);
  for (let next = left.pop(); next; next = left.pop()) {
    const { item, depth, fork } = next;
    if (item.role === 'user' || fork) stops.push({ id: item.id, role: item.role, text: item.excerpt, depth, shown: shown.has(item.id), fork });
    visit(item.id, depth);
  }
  return stops;
}

function branchOf(items: readonly Shown[], leafId: string | null | undefined): ReadonlySet<string> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const branch = new Set<string>();
  for (let item = byId.get(leafId ?? ''); item && !branch.has(item.id); item = byId.get(item.parentId ?? '')) branch.add(item.id);
  return branch;
}
