import { text } from '../../kernel/texts.ts';
import type { FacetName } from '../safeguard.ts';

/** The parts of keeping a secret that are on or off by themselves. */
export const FACETS = {
  stored: { id: 'stored', name: text('kept apart', '保管') },
  rotation: { id: 'rotation', name: text('rotation', 'ローテーション') },
} as const satisfies Record<string, FacetName>;
