/** What `node --test` counted in one run. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reads the counts at the end of TAP; a cancelled test has failed. */
export function countsOf(tap: string): TestCounts {
  const count = (word: string) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') };
}

/** The lines of skipped tests with their reasons. */
export function skippedOf(tap: string): readonly string[] {
  return tap
    .split('\n')
    .filter((line) => /# SKIP/.test(line))
    .map((line) => line.trim());
}

/** The TAP lines of failed tests with their diagnostics. */
export function failuresOf(tap: string): string {
  const out: string[] = [];
  let inside = false;
  for (const line of tap.split('\n')) {
    if (/^\s*not ok /.test(line)) inside = true;
    else if (/^\s*(ok |# Subtest)/.test(line)) inside = false;
    if (inside) out.push(line);
  }
  return out.join('\n');
}

/** The messages of failed tests, each once and in one line: a test that its parent cancelled says nothing. */
export function causesOf(tap: string): readonly string[] {
  const lines = failuresOf(tap).split('\n');
  const causes = lines.flatMap((line, at) => {
    const said = /^\s*error: (.*)$/.exec(line)?.[1];
    if (said === undefined) return [];
    return [said.startsWith('|') ? blockAfter(lines, at) : said.replace(/^['"]|['"]$/g, '')];
  });
  return [...new Set(causes)].filter((cause) => !SAYS_NOTHING.test(cause));
}

const SAYS_NOTHING = /^(test did not finish before its parent|\d+ subtests? failed)/;
const LONGEST_CAUSE = 300;

/** The text of a YAML block, whose lines stand deeper than the key before them. */
function blockAfter(lines: readonly string[], at: number): string {
  const depth = (line: string) => line.search(/\S/);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && depth(line) <= depth(lines[at] ?? ''));
  return rest.slice(0, end).join(' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_CAUSE);
}
