/** Builds the console; with `--if-stale` only when its sources changed since it was built. */
import { isStale } from './sources.ts';

if (!process.argv.includes('--if-stale') || isStale()) {
  const started = performance.now();
  process.stderr.write('building the console … ');
  const { bundle } = await import('./bundle.ts');
  await bundle();
  process.stderr.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
