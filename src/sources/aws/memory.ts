import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const CHECKED_EVERY = 50;
const GROWTH_BYTES = 36 * 1024 * 1024;

/**
 * Collects garbage when a long run has made much of it. The clients of sixty services leave so much behind that
 * the heap would otherwise grow to twice what is in use before the engine tidies up by itself, which is too much
 * for small build machines. Returns what is to be called after each call of a service.
 */
export function memoryKeeper(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let calls = 0;
  let kept = process.memoryUsage().heapUsed;
  return () => {
    calls += 1;
    if (calls % CHECKED_EVERY !== 0) return;
    if (process.memoryUsage().heapUsed < kept + GROWTH_BYTES) return;
    collect();
    kept = process.memoryUsage().heapUsed;
  };
}
