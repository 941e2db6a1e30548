import { text } from '../../kernel/texts.ts';
import type { FacetName } from '../safeguard.ts';

export const FACETS = {
  retention: { id: 'retention', name: text('backups', 'バックアップ') },
  deletion: { id: 'deletion', name: text('deletion protection', '削除保護') },
  versions: { id: 'versions', name: text('versions', 'バージョニング') },
  lock: { id: 'lock', name: text('Object Lock', 'オブジェクトロック') },
} as const satisfies Record<string, FacetName>;
