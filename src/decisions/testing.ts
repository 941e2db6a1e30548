import { verbatim } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import { seal } from './entry.ts';
import { type Act, decide, propose } from './life.ts';
import type { Roots } from './roots.ts';

const ONE = { low: 1, high: 1 };

/** A risk for tests: one path from the internet over one asset of the lowest class. */
export const RISK: Risk = {
  id: 'r1',
  rule: 'http-plain',
  number: 1,
  title: verbatim('plain HTTP'),
  statement: { cause: verbatim('a'), event: verbatim('b'), effect: verbatim('c') },
  factor: 'vulnerability',
  assets: [{ resource: 'cfn:test/Database', importance: ONE, assumed: false }],
  path: [],
  scoring: {
    importance: ONE,
    threat: ONE,
    threatReason: verbatim('t'),
    limits: [],
    paths: [
      {
        decided: true,
        steps: [
          {
            resource: 'cfn:test/LoadBalancer',
            what: verbatim('listens'),
            guards: [
              {
                safeguard: 'tls',
                place: 'cfn:test/LoadBalancer',
                effect: 'block',
                state: 'off',
                proposed: true,
              },
            ],
          },
        ],
      },
    ],
  },
  inherent: ONE,
  current: ONE,
  target: ONE,
  band: { inherent: 'low', current: 'low', target: 'low' },
  seenBy: [],
  proposal: { response: 'accept', safeguards: [], reason: verbatim('small') },
  evidence: [],
};

export const ACCEPT = { response: 'accept', reason: 'internal only', until: '2026-03-31' } as const;
export const MONDAY = new Date('2026-01-05T09:00:00Z');
export const TUESDAY = new Date('2026-01-06T09:00:00Z');
export const ROOTS: Roots = { owner: 'Sato', alone: false };

/** Somebody acts on the risk of the tests. */
export function act(by: string, history: readonly DecisionEntry[] = [], more: Partial<Act> = {}): Act {
  return {
    environment: 'test',
    risk: RISK,
    history,
    by,
    now: history.length === 0 ? MONDAY : TUESDAY,
    ...more,
  };
}

/** A history in which one person proposes to accept and the owner agrees. */
export function acceptance(more: Partial<Act> = {}): readonly DecisionEntry[] {
  const proposed = seal(propose(act('Tanaka', [], more), ACCEPT));
  return [proposed, seal(decide(act('Sato', [proposed], more), true, ROOTS))];
}
