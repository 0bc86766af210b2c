import { infiniteQueryOptions } from '@tanstack/react-query';
import { http } from './http';

interface Page<T> {
  items: T[];
  next?: string | number | null;
}

/** A list that the house hands over in pages, each asked for with the cursor of the one before. */
export const pagesQuery = <T>(queryKey: readonly unknown[], path: string, search: Readonly<Record<string, string | undefined>> = {}) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => http.get<Page<T>>(`${path}?${searchOf({ ...search, cursor: pageParam })}`, signal),
    initialPageParam: '',
    // The server leaves the cursor out where nothing follows.
    getNextPageParam: ({ next }) => (next == null ? undefined : String(next)),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

/** The part of an address behind "?", without what has no value. */
export const searchOf = (values: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')).toString();
