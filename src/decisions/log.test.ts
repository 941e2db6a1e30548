import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DecisionEntry } from '../model/decision.ts';
import { canonicalJson } from './canonical.ts';
import { historyName, seal } from './entry.ts';
import { type Heads, headsOf, sealHeads } from './heads.ts';
import { joinHistories } from './join.ts';
import { decide, propose, renamed } from './life.ts';
import { formatLog, readLog } from './log.ts';
import { ACCEPT, acceptance, act, MONDAY, RISK, ROOTS } from './testing.ts';

const ONE = acceptance();
const TWO = acceptance({ risk: { ...RISK, id: 'r2' } });
const HISTORIES = new Map([ONE, TWO].map((history) => [nameOf(history), history]));
const ANCHOR: Heads = sealHeads(headsOf(HISTORIES, 'Tanaka', MONDAY));
const LOG = formatLog(HISTORIES, [ANCHOR]);
const LINES = LOG.trimEnd().split('\n');

function nameOf([entry]: readonly DecisionEntry[]): string {
  assert.ok(entry);
  return historyName(entry);
}

function faults(content: string, anchors: readonly Heads[] = []): string {
  return readLog(content, anchors)
    .problems.map(({ line, what }) => `${line ?? '-'}: ${what.en}`)
    .join('\n');
}

describe('the log of decisions', () => {
  test('is read with its histories interleaved and lines repeated, as a union merge leaves it', () => {
    const [a = '', b = '', c = '', d = '', heads = ''] = LINES;
    const read = readLog([heads, c, a, a, d, b, c].join('\r\n').concat('\r\n'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual(read.histories.get(nameOf(ONE)), ONE);
    assert.deepEqual(read.histories.get(nameOf(TWO)), TWO);
  });

  test('names the entry that was altered, and trusts nothing of its history but all of the others', () => {
    const altered = LOG.replace('internal only', 'no reason');
    assert.match(faults(altered), /^1: r1 #0 was altered/);
    assert.deepEqual([...readLog(altered).histories.keys()], [nameOf(TWO)]);
  });

  test('names an entry that was made whole again after it was altered', () => {
    const { hash, ...entry } = ONE[0] as DecisionEntry;
    const forged = canonicalJson(seal({ ...entry, by: 'Suzuki' } as (typeof ONE)[0] & object));
    const [, ...rest] = LINES;
    assert.match(faults([forged, ...rest].join('\n')), /2: r1 #1 does not follow the entry before it/);
  });

  test('names a cut, a missing entry, reordered lines and a fork', () => {
    const [first = '', second = '', ...rest] = LINES;
    assert.match(faults([first, ...rest].join('\n')), /4: the history of r1 was cut or rewritten/);
    assert.match(faults([second, ...rest].join('\n')), /1: an entry before r1 #1 is missing/);
    assert.match(faults([second, first, ...rest].join('\n')), /1: r1 #1 stands before r1 #0: .*reordered/);
    const other = seal(decide(act('Sato', ONE.slice(0, 1)), false, ROOTS));
    assert.match(
      faults([...LINES, canonicalJson(other)].join('\n')),
      /6: r1 #1 stands twice: the history forks/,
    );
  });

  test('names what is in the entries and cannot be', () => {
    const [proposed, decided] = ONE as readonly [DecisionEntry, DecisionEntry];
    const told = (entry: object) => {
      const { hash, ...unsealed } = entry as DecisionEntry;
      return faults([proposed, seal(unsealed)].map(canonicalJson).join('\n'));
    };
    assert.match(
      told({ ...decided, proposedBy: 'Nobody' }),
      /decides about something else than was proposed/,
    );
    assert.match(told({ ...decided, by: 'Tanaka' }), /was decided by its proposer/);
    assert.match(told({ ...decided, selfApproved: true }), /wrongly marked as self-approved/);
    assert.match(told({ ...decided, at: '2026-01-01T00:00:00.000Z' }), /is older than the entry before it/);
    const shown = { ...decided.shown, fingerprint: 'x' };
    assert.match(told({ ...decided, shown }), /names a fingerprint that is not that of the facts shown/);
    const endless = { ...(decided.kind === 'decided' ? decided.treatment : {}), until: '2026-02-30' };
    assert.match(told({ ...decided, treatment: endless }), /2: no entry of a decision history/);
    assert.match(told({ ...decided, risk: 'r1', shown: TWO[1]?.shown }), /does not show the risk/);
  });

  test('tells a line that is no entry, was edited, or is of a newer version', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const strange = ['{"__proto__":1}', 'x', '{"kind":"constructor"}', deep, '{"kind":"proposed"}', ' '];
    assert.equal(readLog(strange.join('\n')).problems.length, strange.length);
    assert.match(faults(` ${LINES[0]}`), /1: the line was edited/);
    assert.match(faults('{"schema":"honmaru.decision/2"}'), /written by a newer version/);
    const more = canonicalJson({ ...ONE[0], extra: 1 });
    assert.match(faults(more), /no entry/);
  });

  test('shows any changed byte and any lost line to whoever kept the heads', () => {
    const bytes = Buffer.from(LOG);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const detected = (content: Buffer): boolean => {
      let changed: string;
      try {
        changed = decoder.decode(content);
      } catch {
        return true;
      }
      return readLog(changed, [ANCHOR]).problems.length > 0;
    };
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ difference;
        return detected(changed);
      }),
      { numRuns: 400 },
    );
    for (const lost of LINES.keys()) {
      const rest = LINES.filter((_, index) => index !== lost).join('\n');
      const isHeads = lost === LINES.length - 1;
      assert.equal(faults(rest, [ANCHOR]) === '', isHeads, `line ${lost}`);
    }
  });
});

describe('canonical JSON', () => {
  test('is one text for one value, whatever the order of its keys, and says the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const written = canonicalJson(value);
        assert.equal(canonicalJson(JSON.parse(written)), written);
        assert.equal(canonicalJson(turned(value)), written);
        assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });
});

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, turned(each)] as const);
  return Object.fromEntries(entries.reverse());
}

describe('two records of the same histories', () => {
  test('are joined where one continues the other', () => {
    const start = new Map([[nameOf(ONE), ONE.slice(0, 1)]]);
    const { histories, problems } = joinHistories(start, HISTORIES);
    assert.deepEqual([histories.size, problems.length], [2, 0]);
    assert.deepEqual(histories.get(nameOf(ONE)), ONE);
  });

  test('are told and not trusted where they part', () => {
    const other = [...ONE.slice(0, 1), seal(decide(act('Sato', ONE.slice(0, 1)), false, ROOTS))];
    const { histories, problems } = joinHistories(new Map([[nameOf(ONE), other]]), HISTORIES);
    assert.match(problems[0]?.en ?? '', /two different entries are recorded as r1 #1 \(Sato and Sato\)/);
    assert.deepEqual([...histories.keys()], [nameOf(TWO)]);
  });

  test('go on when a record of a rename stands between proposal and verdict', () => {
    const proposed = seal(propose(act('Tanaka'), ACCEPT));
    const named = seal(renamed(act('Tanaka', [proposed]), 'a', 'b'));
    const decided = seal(decide(act('Sato', [proposed, named]), true, ROOTS));
    const log = formatLog(new Map([['x', [proposed, named, decided]]]), []);
    assert.equal(faults(log), '');
  });
});
