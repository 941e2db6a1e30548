/** The whole test suite: the quick check, then the end-to-end tests, each in a process of its own. */
import { check } from './check.ts';
import { runTests, testFilesBelow } from './unit-tests.ts';

const failedParts = await check();
const endToEnd = testFilesBelow('test/e2e');
const counts = runTests(endToEnd, { isolated: true });
console.log(`end-to-end tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
if (counts.passed + counts.skipped < endToEnd.length) {
  console.error(
    `only ${counts.passed + counts.skipped} tests were seen in ${endToEnd.length} end-to-end files`,
  );
  failedParts.push('end-to-end tests');
}
if (counts.failed > 0) failedParts.push('end-to-end tests');
if (failedParts.length > 0) {
  console.error(`failed: ${failedParts.join(', ')}`);
  process.exit(1);
}
