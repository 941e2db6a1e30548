import { text } from '../../kernel/texts.ts';
import type { FacetName } from '../safeguard.ts';

/** The parts of TLS that are on or off by themselves. */
export const FACETS = {
  listener: { id: 'listener', name: text('encryption', '通信の暗号化') },
  redirect: { id: 'redirect', name: text('redirect to HTTPS', 'HTTPSへのリダイレクト') },
  policy: { id: 'policy', name: text('TLS version', 'TLSバージョン') },
  origin: { id: 'origin', name: text('to the origin', 'オリジンまで') },
  database: { id: 'database', name: text('to the database', 'データベースまで') },
  bucket: { id: 'bucket', name: text('to the bucket', 'バケットまで') },
  cache: { id: 'cache', name: text('to the cache', 'キャッシュまで') },
} as const satisfies Record<string, FacetName>;
