/** The whole test suite: the quick check, then the end-to-end tests, each in a process of its own. */
import { check } from './check.ts';
import { endToEndTests } from './end-to-end-tests.ts';

const failed = [...(await check()), ...(await endToEndTests())];
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
