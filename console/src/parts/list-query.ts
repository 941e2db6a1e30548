import { useMemo } from 'react';
import { go, useLocation } from '../app/router.ts';

/** What a list shows now, kept in the page's address so that it can be shared and gone back to. */
export interface ListQuery {
  readonly page: number;
  readonly text: string;
  readonly sort?: string;
  readonly descending: boolean;
  readonly values: (field: string) => readonly string[];
  readonly filtered: boolean;
  /** All of it as the server takes it. */
  readonly asked: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly change: (change: Change) => void;
  readonly clear: () => void;
}

interface Change {
  readonly page?: number;
  readonly text?: string;
  readonly sort?: { readonly field: string; readonly descending: boolean };
  readonly filter?: { readonly field: string; readonly values: readonly string[] };
}

const PAGE_SIZE = 25;

/** @param fields the names of the list's filter fields; others in the address are not passed on. */
export function useListQuery(fields: readonly string[], size: number = PAGE_SIZE): ListQuery {
  const { path, search } = useLocation();
  const names = fields.join(' ');
  return useMemo(
    () => read(path, search, names.split(' ').filter(Boolean), size),
    [path, search, names, size],
  );
}

function read(path: string, search: string, fields: readonly string[], size: number): ListQuery {
  const given = new URLSearchParams(search);
  const sort = given.get('sort') ?? undefined;
  const text = given.get('text') ?? '';
  const page = Math.max(1, Number.parseInt(given.get('page') ?? '1', 10) || 1);
  const descending = given.get('descending') === 'true';
  const filters = Object.fromEntries(fields.map((field) => [field, given.getAll(field)]));
  return {
    page,
    text,
    descending,
    ...(sort ? { sort } : {}),
    values: (field) => filters[field] ?? [],
    filtered: text !== '' || Object.values(filters).some((values) => values.length > 0),
    asked: { page, size, ...(text ? { text } : {}), ...(sort ? { sort, descending } : {}), ...filters },
    change(change) {
      go(addressOf(path, changed(new URLSearchParams(location.search), change)), { replace: true });
    },
    clear() {
      const next = new URLSearchParams(location.search);
      for (const field of [...fields, 'text', 'page']) next.delete(field);
      go(addressOf(path, next), { replace: true });
    },
  };
}

function changed(search: URLSearchParams, { page, text, sort, filter }: Change): URLSearchParams {
  search.delete('page');
  if (page !== undefined && page > 1) search.set('page', String(page));
  if (text !== undefined) put(search, 'text', text);
  if (sort) {
    search.set('sort', sort.field);
    put(search, 'descending', sort.descending ? 'true' : '');
  }
  if (filter) {
    search.delete(filter.field);
    for (const value of filter.values) search.append(filter.field, value);
  }
  return search;
}

function put(search: URLSearchParams, field: string, value: string): void {
  if (value === '') search.delete(field);
  else search.set(field, value);
}

function addressOf(path: string, search: URLSearchParams): string {
  return search.size > 0 ? `${path}?${search}` : path;
}
