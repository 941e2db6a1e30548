/** Random policies and requests over a small alphabet, so that statements often match. */
import type { ReferenceLayers, ReferencePolicy, ReferenceRequest, ReferenceStatement } from './reference.ts';

/** A seeded generator of numbers in [0, 1) (T. Ettinger's mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomCase {
  readonly layers: ReferenceLayers;
  readonly request: ReferenceRequest;
}

export const ACCOUNTS = ['111122223333', '444455556666'] as const;

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sqs:SendMessage', 'SQS:ReceiveMessage'];
const ACTION_PATTERNS = [
  ...ACTIONS,
  's3:*',
  's3:Get*',
  '*',
  'sqs:?e*Message',
  'S3:getobject',
  '*:*',
  's3:*Object',
];
export const RESOURCES = [
  'arn:aws:s3:::app-a/x',
  'arn:aws:s3:::app-b/alice/y',
  'arn:aws:s3:::app-a',
  'arn:aws:sqs:eu-west-1:111122223333:jobs',
  'arn:aws:sqs:us-east-1:444455556666:jobs:more',
  '*',
];
const RESOURCE_PATTERNS = [
  ...RESOURCES,
  'arn:aws:s3:::*',
  'arn:aws:s3:::app-?/*',
  'arn:aws:s3:::app-*/${aws:username}/*',
  "arn:aws:s3:::app-b/${aws:PrincipalTag/team, 'alice'}/?",
  'arn:aws:sqs:*:*:jobs',
  'arn:aws:sqs:*:jobs',
  'arn:aws:sqs',
  'arn:aws:SQS:*:111122223333:*',
  'arn:*',
  'arn:aws:s3:::app-${*}/x',
];
const KEYS = [
  'aws:PrincipalTag/team',
  's3:prefix',
  'aws:TagKeys',
  'aws:PrincipalArn',
  's3:max-keys',
  'aws:SecureTransport',
];
const TEXTS = [
  'a',
  'b',
  'alice',
  'a*',
  '*',
  '?',
  '',
  'true',
  'false',
  '10',
  '9',
  '${aws:username}',
  '${s3:prefix}',
  '${*}',
];
const ARNS = [
  ...RESOURCES.slice(0, 4),
  'arn:aws:iam::111122223333:role/*',
  'arn:aws:iam::*:user/alice',
  'nonsense',
];
const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericGreaterThanEquals',
  'Bool',
  'ArnLike',
  'ArnNotLike',
  'ArnEquals',
  'Null',
];

/** Draws cases; equal seeds draw equal cases. */
export class CaseSource {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.#next();
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#next() * items.length)] as T;
  }

  some<T>(items: readonly T[], most: number): T[] {
    return Array.from({ length: 1 + Math.floor(this.#next() * most) }, () => this.pick(items));
  }

  next(): RandomCase {
    return { layers: this.#layers(), request: this.request() };
  }

  #layers(): ReferenceLayers {
    return {
      identity: this.#policies(2, false),
      ...(this.chance(0.4) ? { boundary: this.#policies(1, false) } : {}),
      ...(this.chance(0.3) ? { session: this.#policies(1, false) } : {}),
      ...(this.chance(0.4) ? { serviceControl: [this.#policies(1, false), this.#policies(2, false)] } : {}),
      ...(this.chance(0.5) ? { resource: this.#policies(1, true) } : {}),
    };
  }

  #policies(most: number, principals: boolean): readonly ReferencePolicy[] {
    return this.some([0], most).map(() => ({
      Version: this.chance(0.85) ? '2012-10-17' : '2008-10-17',
      Statement: this.some([0], 3).map(() => this.#statement(principals)),
    }));
  }

  #statement(principals: boolean): ReferenceStatement {
    return {
      Effect: this.chance(0.85) ? 'Allow' : 'Deny',
      ...(principals ? this.#principals() : {}),
      [this.chance(0.85) ? 'Action' : 'NotAction']: this.some(ACTION_PATTERNS, 2),
      [this.chance(0.85) ? 'Resource' : 'NotResource']: this.some(RESOURCE_PATTERNS, 3),
      ...(this.chance(0.5) ? { Condition: this.#conditions() } : {}),
    };
  }

  #principals(): Partial<ReferenceStatement> {
    const names = [
      '*',
      ...ACCOUNTS,
      'arn:aws:iam::111122223333:root',
      'arn:aws:iam::111122223333:user/alice',
      'arn:aws:iam::111122223333:role/app',
      'arn:aws:sts::111122223333:assumed-role/app/one',
    ];
    const element = this.chance(0.2) ? ('*' as const) : { AWS: this.some(names, 3) };
    return this.chance(0.85) ? { Principal: element } : { NotPrincipal: element };
  }

  #conditions(): NonNullable<ReferenceStatement['Condition']> {
    const conditions: Record<string, Record<string, readonly string[]>> = {};
    for (const base of this.some(OPERATORS, 2)) {
      const qualifier =
        this.chance(0.25) && base !== 'Null' ? this.pick(['ForAllValues:', 'ForAnyValue:']) : '';
      const suffix = this.chance(0.2) && base !== 'Null' ? 'IfExists' : '';
      conditions[`${qualifier}${base}${suffix}`] = { [this.pick(KEYS)]: this.#values(base) };
    }
    return conditions;
  }

  #values(operator: string): readonly string[] {
    if (operator === 'Null' || operator === 'Bool') return [this.pick(['true', 'false'])];
    if (operator.startsWith('Numeric')) return this.some(['9', '10', '11', '1e1', 'x'], 2);
    if (operator.startsWith('Arn'))
      return this.some([...ARNS, 'arn:aws:iam::111122223333:user/${aws:username}', '*'], 2);
    return this.some(TEXTS, 3);
  }

  request(): ReferenceRequest {
    const callers = [
      { account: '111122223333', self: 'arn:aws:iam::111122223333:user/alice', username: 'alice' },
      {
        account: '111122223333',
        role: 'arn:aws:iam::111122223333:role/app',
        self: 'arn:aws:sts::111122223333:assumed-role/app/one',
      },
    ];
    const context: Record<string, string | readonly string[]> = {};
    if (this.chance(0.6)) context['AWS:PrincipalTag/Team'] = this.pick(['a', 'b', 'alice', 'A', '*']);
    if (this.chance(0.6)) context['s3:prefix'] = this.pick(['', 'a', 'alice', '*', 'nonsense']);
    if (this.chance(0.6)) context['aws:TagKeys'] = this.pick([[], ['a'], ['a', 'b'], ['alice', 'x'], ['']]);
    if (this.chance(0.5)) context['s3:max-keys'] = this.pick(['9', '10', '10.0', 'many']);
    if (this.chance(0.5)) context['aws:SecureTransport'] = this.pick(['true', 'false']);
    return {
      caller: this.pick(callers),
      action: this.pick(ACTIONS),
      resource: this.pick(RESOURCES),
      owner: this.pick([ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[1]]),
      context,
    };
  }
}
