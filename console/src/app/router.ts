import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

addEventListener('popstate', changed);

/** Goes to a page of the console without loading it anew. */
export function go(path: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  changed();
  if (!replace) scrollTo(0, 0);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface Location {
  readonly path: string;
  readonly parts: readonly string[];
  readonly search: string;
}

/** Where the reader is. */
export function useLocation(): Location {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [path = '/', search = ''] = href.split('?', 2);
  return { path, search, parts: path.split('/').filter(Boolean).map(decodePart) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const PLAIN_ID = /^[\w-]+$/;

/** The address of something with an id; ids that look like files or folders stand in the query. */
export function pathOf(page: string, id: string): string {
  return PLAIN_ID.test(id) ? `/${page}/${id}` : `/${page}/one?id=${encodeURIComponent(id)}`;
}

/** The id that an address of `pathOf` names. */
export function idIn({ parts, search }: Location): string | undefined {
  return new URLSearchParams(search).get('id') ?? parts[1];
}

/** Makes plain links of the console change the page in place; others stay as they are. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/') || link.getAttribute('href')?.startsWith('#')) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
