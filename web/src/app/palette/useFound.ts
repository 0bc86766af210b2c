import { useQueries } from '@tanstack/react-query';
import { createElement } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { modules } from '@/app/modules';
import type { Entry } from './arrange';

/** What the apps find for a query, the newest things for an empty one, and nothing for none. */
export function useFound(query: string | null): { items: Entry[]; searching: boolean } {
  const [settled] = useDebouncedValue(query, 120);
  return useQueries({
    queries: modules.map((module) => ({
      queryKey: ['palette', module.id, settled],
      queryFn: ({ signal }: { signal: AbortSignal }) => module.find?.(settled ?? '', signal) ?? [],
      enabled: settled !== null && query !== null && module.find !== undefined,
      staleTime: 5_000,
    })),
    combine: (results) => ({
      items: query === null ? [] : results.flatMap(({ data = [] }, index) => data.map((found) => ({ ...found, text: found.excerpt, icon: found.icon ?? iconOf(index), run: found.open }))),
      searching: query !== settled || results.some(({ isFetching }) => isFetching),
    }),
  });
}

function iconOf(index: number) {
  const module = modules[index];
  return module && createElement(module.icon, { size: 18, weight: 'fill', color: module.colour });
}
