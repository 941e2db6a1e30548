import { join } from 'node:path';
import type { Histories } from '../../decisions/heads.ts';
import { DECISIONS, keptHistories } from '../../decisions/home.ts';

/** The histories that the data directory of this machine keeps. */
export async function recordsIn(directory: string): Promise<Histories> {
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore(join(directory, 'honmaru.db'), { collections: [DECISIONS] });
  try {
    return await keptHistories(store);
  } finally {
    await store.close();
  }
}
