import { stableId } from '../kernel/ids.ts';
import { text } from '../kernel/texts.ts';
import type { EngineRow, Selection } from './engine.ts';
import { StoreError } from './errors.ts';
import { isStorableText } from './index-key.ts';
import { STORE_LIMITS } from './limits.ts';

/** Where a page ended: the index value and key of its last record. */
interface PageEnd {
  readonly at: string | null;
  readonly key: string;
}

const LONGEST_TOKEN = 2 * (STORE_LIMITS.keyBytes + STORE_LIMITS.indexBytes) * 6;

/** What a token is bound to: the query without its page size. */
export function selectionId(selection: Selection): string {
  const { collection, index, equals, from, before, descending } = selection;
  const parts = [index, equals, from, before].map((part) => (part === undefined ? '-' : `+${part}`));
  return stableId(collection, ...parts, String(descending));
}

/**
 * A token that names the last record of a page, so that the next page begins behind it whatever was
 * written meanwhile. It carries the query's id: it is no secret and grants nothing.
 */
export function pageToken(selection: string, last: EngineRow): string {
  return Buffer.from(JSON.stringify([1, selection, last.at, last.key])).toString('base64url');
}

/** @throws StoreError `store-token` when the token is damaged or of another query. */
export function readPageToken(token: string, selection: string): PageEnd {
  const end = token.length > LONGEST_TOKEN ? undefined : parse(token, selection);
  if (!end) {
    throw new StoreError(
      'store-token',
      text(
        'the page token does not belong to this query',
        'ページトークンがこの問い合わせのものではありません',
      ),
    );
  }
  return end;
}

function parse(token: string, selection: string): PageEnd | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts[0] !== 1 || parts[1] !== selection) return undefined;
  const [, , at, key] = parts as unknown[];
  if (typeof key !== 'string' || !isStorableText(key)) return undefined;
  if (at !== null && (typeof at !== 'string' || !isStorableText(at))) return undefined;
  return { at, key };
}
