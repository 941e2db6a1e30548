import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import { keeperInProcess } from '../../keeper/testing.ts';
import type { Caller } from '../../platform/caller.ts';
import type { OrganizationFacts } from '../../platform/identity.ts';
import { type AnyService, AwsError } from '../../platform/service.ts';
import { rootCaller } from '../../platform/sign-in.ts';
import { type TestBed, testPlatform } from '../../platform/testing.ts';
import { COLLECTIONS } from './collections.ts';
import { ACCOUNT, kms, OTHER_ACCOUNT, statement } from './testing.ts';

/**
 * What AWS decides, and the layer that decided. Source: AWS KMS Developer Guide, "Troubleshooting key access" and
 * IAM User Guide, "Policy evaluation logic".
 */
const VERDICTS = {
  A: undefined,
  r: /because no resource-based policy allows/,
  i: /because no identity-based policy allows/,
  b: /because no permissions boundary allows/,
  s: /because no service control policy allows/,
  R: /with an explicit deny in a resource-based policy/,
  I: /with an explicit deny in an identity-based policy/,
  B: /with an explicit deny in a permissions boundary/,
  S: /with an explicit deny in a service control policy/,
  h: /because the resource does not exist in this Region, no resource-based policies allow access/,
} as const;
type Verdict = keyof typeof VERDICTS;

const ME = 'arn:aws:iam::';
const DECRYPT = ['kms:Decrypt', 'kms:Encrypt'];
const WEB = { StringEquals: { 'kms:EncryptionContext:app': 'web' } };
const rootOf = (account: string) => ({ Principal: { AWS: `${ME}${account}:root` } });
const admin = { Effect: 'Allow', Principal: '*', Action: 'kms:PutKeyPolicy', Resource: '*' };
const policyOf = (...statements: object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      admin,
      ...statements.map((each) => ({ Effect: 'Allow', Action: DECRYPT, Resource: '*', ...each })),
    ],
  });

/** Key policies by what they say of the account and of some of its users. */
const KEY_POLICIES: Readonly<Record<string, (users: readonly string[], account: string) => string>> = {
  silent: () => policyOf(),
  delegates: (_users, account) => policyOf(rootOf(account)),
  'names the user': (users) => policyOf({ Principal: { AWS: users } }),
  'names the user for app=web': (users) => policyOf({ Principal: { AWS: users }, Condition: WEB }),
  'delegates for app=web': (_users, account) => policyOf({ ...rootOf(account), Condition: WEB }),
  'delegates, denies the user': (users, account) =>
    policyOf(rootOf(account), { Effect: 'Deny', Principal: { AWS: users } }),
  'delegates, denies app=web': (_users, account) =>
    policyOf(rootOf(account), { Effect: 'Deny', Principal: '*', Condition: WEB }),
  'delegates through S3 only': (_users, account) =>
    policyOf({
      ...rootOf(account),
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    }),
};

const IDENTITIES: Readonly<Record<string, readonly object[]>> = {
  nothing: [],
  allows: [statement('Allow', DECRYPT)],
  'allows app=web': [statement('Allow', DECRYPT, { Condition: WEB })],
  'allows and denies': [statement('Allow', DECRYPT), statement('Deny', DECRYPT)],
};

/** Grants to the user by their constraint on the encryption context; the last is for another operation. */
const GRANTS: Readonly<Record<string, object | undefined>> = {
  none: undefined,
  Decrypt: { Operations: ['Decrypt', 'Encrypt'] },
  'subset app=web': {
    Operations: ['Decrypt', 'Encrypt'],
    Constraints: { EncryptionContextSubset: { app: 'web' } },
  },
  'equals app=web': {
    Operations: ['Decrypt', 'Encrypt'],
    Constraints: { EncryptionContextEquals: { app: 'web' } },
  },
  GenerateDataKey: { Operations: ['GenerateDataKey'] },
};

const CONTEXTS: Readonly<Record<string, Record<string, string>>> = {
  none: {},
  web: { app: 'web' },
  'web and more': { app: 'web', tenant: 'a' },
};

const LIMITS: Readonly<Record<string, object | undefined>> = {
  none: undefined,
  allows: statement('Allow', 'kms:*'),
  silent: statement('Allow', ['kms:Put*', 'kms:Create*']),
  denies: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: DECRYPT, Resource: '*' },
    ],
  },
};

/** One account for each limit, with that as its service control policy. */
const ORGANIZATIONS: Readonly<Record<string, OrganizationFacts>> = Object.fromEntries(
  Object.values(LIMITS).flatMap((limit, index) =>
    limit
      ? [
          [
            `00007777000${index}`,
            {
              id: 'o-1',
              managementAccount: '000000000001',
              path: 'o-1/r-1/',
              serviceControl: [compilePolicies([parsePolicyText(JSON.stringify(limit), 'scp')])],
            },
          ],
        ]
      : [],
  ),
);

describe('who may use a key', () => {
  let bed: TestBed;
  let counted = 0;
  let users = 0;

  before(async () => {
    const organization: AnyService = {
      id: 'organizations',
      load: async () => ({}),
      operations: {},
      provides: { organization: () => ({ of: async (account) => ORGANIZATIONS[account] }) },
    };
    bed = await testPlatform({
      services: [kms, organization],
      collections: COLLECTIONS,
      keeper: keeperInProcess(),
    });
  });
  after(() => bed.close());

  interface Asking {
    readonly identity: string;
    readonly grant: string;
    readonly boundary?: object | undefined;
  }

  interface Prepared {
    readonly caller: Caller;
    readonly KeyId: string;
  }

  /** A key with a policy about some fresh users, each with policies and a grant of its own. */
  async function prepared(
    policy: string,
    asking: readonly Asking[],
    { owner = ACCOUNT, account = owner }: { readonly account?: string; readonly owner?: string } = {},
  ): Promise<readonly Prepared[]> {
    const root = rootCaller(owner);
    const callers = asking.map(({ identity, boundary }) => {
      users += 1;
      return bed.principal({
        name: `user-${users}`,
        account,
        policies: IDENTITIES[identity] ?? [],
        ...(boundary && { boundary }),
      });
    });
    const arns = callers.map(({ arn }) => arn);
    const about = KEY_POLICIES[policy]?.(arns, account) ?? '';
    const granted = asking.flatMap(({ grant }, index) =>
      GRANTS[grant] ? [{ ...GRANTS[grant], GranteePrincipal: arns[index] }] : [],
    );
    // The root user cannot create grants under these policies: it does so before they are in force.
    const open = JSON.stringify(statement('Allow', 'kms:*', rootOf(owner)));
    const first = { Policy: granted.length > 0 ? open : about, BypassPolicyLockoutSafetyCheck: true };
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', first, root);
    const KeyId = KeyMetadata?.Arn ?? '';
    for (const grant of granted) await bed.call(kms, 'CreateGrant', { KeyId, ...grant }, root);
    if (granted.length > 0) {
      const last = { KeyId, Policy: about, BypassPolicyLockoutSafetyCheck: true };
      await bed.call(kms, 'PutKeyPolicy', last, root);
    }
    return callers.map((caller) => ({ caller, KeyId }));
  }

  async function preparedOne(policy: string, asking: Asking, account?: string): Promise<Prepared> {
    const [one] = await prepared(policy, [asking], account === undefined ? {} : { account });
    assert.ok(one);
    return one;
  }

  async function expectVerdict(
    expected: Verdict,
    { caller, KeyId }: Prepared,
    context: string,
    question = '',
  ): Promise<void> {
    counted += 1;
    const asked = { KeyId, Plaintext: Buffer.from('x'), EncryptionContext: CONTEXTS[context], DryRun: true };
    const outcome: unknown = await bed.call(kms, 'Encrypt', asked, caller).catch((error: unknown) => error);
    assert.ok(outcome instanceof AwsError);
    const wanted = VERDICTS[expected];
    const told = `${question}: ${outcome.message}`;
    if (wanted === undefined) assert.equal(outcome.code, 'DryRunOperationException', told);
    else {
      assert.equal(outcome.code, 'AccessDeniedException', told);
      assert.match(outcome.message, wanted, told);
    }
  }

  /** Verdicts of one key policy: a line for each identity, a column for each grant, a letter for each context. */
  const TABLE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    silent: {
      // none, Decrypt, subset, equals, GenerateDataKey; in each: no context, web, web and more
      nothing: ['rrr', 'AAA', 'rAA', 'rAr', 'rrr'],
      allows: ['rrr', 'AAA', 'rAA', 'rAr', 'rrr'],
      'allows and denies': ['III', 'III', 'III', 'III', 'III'],
    },
    delegates: {
      nothing: ['iii', 'AAA', 'iAA', 'iAi', 'iii'],
      allows: ['AAA', 'AAA', 'AAA', 'AAA', 'AAA'],
      'allows app=web': ['iAA', 'AAA', 'iAA', 'iAA', 'iAA'],
      'allows and denies': ['III', 'III', 'III', 'III', 'III'],
    },
    'names the user': {
      nothing: ['AAA', 'AAA', 'AAA', 'AAA', 'AAA'],
      'allows and denies': ['III', 'III', 'III', 'III', 'III'],
    },
    'names the user for app=web': {
      nothing: ['rAA', 'AAA', 'rAA', 'rAA', 'rAA'],
      allows: ['rAA', 'AAA', 'rAA', 'rAA', 'rAA'],
    },
    'delegates for app=web': {
      nothing: ['rii', 'AAA', 'rAA', 'rAi', 'rii'],
      allows: ['rAA', 'AAA', 'rAA', 'rAA', 'rAA'],
    },
    'delegates, denies the user': {
      allows: ['RRR', 'RRR', 'RRR', 'RRR', 'RRR'],
    },
    'delegates, denies app=web': {
      allows: ['ARR', 'ARR', 'ARR', 'ARR', 'ARR'],
      nothing: ['iRR', 'ARR', 'iRR', 'iRR', 'iRR'],
    },
    'delegates through S3 only': {
      allows: ['rrr', 'AAA', 'rAA', 'rAr', 'rrr'],
    },
  };
  for (const [policy, lines] of Object.entries(TABLE)) {
    for (const [identity, columns] of Object.entries(lines)) {
      test(`the key policy ${policy}, the user's own policy: ${identity}`, async () => {
        const cells = Object.keys(GRANTS).map((grant) => ({ identity, grant }));
        const questions = (await prepared(policy, cells)).flatMap((who, column) =>
          Object.keys(CONTEXTS).map((context, letter) => {
            const verdict = columns[column]?.[letter] as Verdict;
            return expectVerdict(verdict, who, context, `grant ${cells[column]?.grant}, context ${context}`);
          }),
        );
        await Promise.all(questions);
      });
    }
  }

  /** Limits: a line for each key policy and identity, a letter for each limit (none, allows, silent, denies). */
  const LIMITED: readonly (readonly [
    policy: string,
    identity: string,
    grant: string,
    boundary: string,
    scp: string,
  ])[] = [
    ['delegates', 'allows', 'none', 'AAbB', 'AAsS'],
    // Whoever is named, by a key policy or a grant, is not held by what a boundary leaves out.
    ['names the user', 'nothing', 'none', 'AAAB', 'AAsS'],
    ['silent', 'nothing', 'Decrypt', 'AAAB', 'AAsS'],
    ['delegates', 'nothing', 'none', 'iiiB', 'iisS'],
    ['silent', 'allows', 'none', 'rrrB', 'rrsS'],
    ['delegates', 'allows and denies', 'none', 'IIII', 'IIIS'],
  ];
  for (const policy of new Set(LIMITED.map(([name]) => name))) {
    test(`limits on the key policy ${policy}`, async () => {
      const lines = LIMITED.filter(([name]) => name === policy);
      const limits = Object.entries(LIMITS);
      const cells = lines.flatMap(([, identity, grant, verdicts]) =>
        limits.map(([limit, boundary], letter) => ({
          ...{ identity, grant, boundary, limit },
          verdict: verdicts[letter] as Verdict,
        })),
      );
      const bounded = (await prepared(policy, cells)).map((who, index) => {
        const { identity, grant, limit, verdict = 'A' } = cells[index] ?? {};
        return expectVerdict(
          verdict,
          who,
          'none',
          `own policy ${identity}, grant ${grant}, boundary ${limit}`,
        );
      });
      await Promise.all(bounded);
      for (const [letter, [limit]] of limits.entries()) {
        const asking = lines.map(([, identity, grant]) => ({ identity, grant }));
        const owner = `00007777000${letter}`;
        const controlled = (await prepared(policy, asking, { owner })).map((who, index) => {
          const [, identity, grant, , verdicts = ''] = lines[index] ?? [];
          const question = `own policy ${identity}, grant ${grant}, service control policy ${limit}`;
          return expectVerdict(verdicts[letter] as Verdict, who, 'none', question);
        });
        await Promise.all(controlled);
      }
    });
  }

  /** From another account both sides have to allow; a letter for each identity. */
  const FOREIGN: readonly (readonly [policy: string, grant: string, letters: string])[] = [
    ['silent', 'none', 'hhhI'],
    ['delegates', 'none', 'iAiI'],
    ['names the user', 'none', 'iAiI'],
    ['names the user for app=web', 'none', 'hhhI'],
    // Also who is denied by the key policy learns nothing of the key.
    ['delegates, denies the user', 'none', 'hhhh'],
    ['silent', 'Decrypt', 'iAiI'],
    ['silent', 'GenerateDataKey', 'hhhI'],
    ['silent', 'equals app=web', 'hhhI'],
  ];
  for (const [policy, grant, letters] of FOREIGN) {
    test(`from another account: the key policy ${policy}, grant ${grant}`, async () => {
      const asking = Object.keys(IDENTITIES).map((identity) => ({ identity, grant }));
      const questions = (await prepared(policy, asking, { account: OTHER_ACCOUNT })).map((who, letter) =>
        expectVerdict(letters[letter] as Verdict, who, 'none', asking[letter]?.identity),
      );
      await Promise.all(questions);
    });
  }

  test('a foreign key that does not exist looks like one that is closed', async () => {
    const caller = bed.principal({
      name: 'stranger',
      account: OTHER_ACCOUNT,
      policies: [statement('Allow', 'kms:*')],
    });
    const KeyId = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
    await expectVerdict('h', { caller, KeyId }, 'none');
  });

  test('operations that AWS keeps within the account are closed to foreigners whatever the policy says', async () => {
    const { caller, KeyId } = await preparedOne(
      'silent',
      { identity: 'nothing', grant: 'none' },
      OTHER_ACCOUNT,
    );
    await bed.call(kms, 'PutKeyPolicy', {
      KeyId,
      Policy: JSON.stringify(statement('Allow', 'kms:*', { Principal: '*' })),
    });
    for (const operation of ['EnableKey', 'DisableKey', 'GetKeyPolicy', 'ScheduleKeyDeletion'] as const) {
      await assert.rejects(bed.call(kms, operation, { KeyId }, caller), { code: 'AccessDeniedException' });
    }
  });

  test('a user that is made again under the same name has neither policy nor grant', async () => {
    const { caller, KeyId } = await preparedOne('names the user', {
      identity: 'nothing',
      grant: 'Decrypt',
    });
    await expectVerdict('A', { caller, KeyId }, 'none');
    const again = bed.principal({ name: caller.principal?.name ?? '' });
    assert.equal(again.arn, caller.arn);
    await expectVerdict('r', { caller: again, KeyId }, 'none');
  });

  test('every condition key of a key is there: alias, tags, spec, caller account', async () => {
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', { Tags: [{ TagKey: 'team', TagValue: 'a' }] });
    const KeyId = KeyMetadata?.KeyId ?? '';
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
    const conditions: readonly (readonly [condition: object, verdict: Verdict, as?: string])[] = [
      [{ StringEquals: { 'kms:RequestAlias': 'alias/orders' } }, 'A', 'alias/orders'],
      [{ StringEquals: { 'kms:RequestAlias': 'alias/orders' } }, 'i'],
      [{ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/orders' } }, 'A'],
      [{ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/other' } }, 'i'],
      [{ StringEquals: { 'aws:ResourceTag/team': 'a' } }, 'A'],
      [{ StringEquals: { 'aws:ResourceTag/team': 'b' } }, 'i'],
      [{ StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT', 'kms:KeyUsage': 'ENCRYPT_DECRYPT' } }, 'A'],
      [{ StringEquals: { 'kms:KeyOrigin': 'EXTERNAL' } }, 'i'],
      [{ Bool: { 'kms:MultiRegion': 'false' } }, 'A'],
      [{ StringEquals: { 'kms:CallerAccount': ACCOUNT } }, 'A'],
      [{ StringEquals: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } }, 'A'],
      [{ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['app'] } }, 'A'],
      [{ Null: { 'kms:EncryptionContextKeys': 'false' } }, 'i'],
      [{ StringLike: { 'kms:ViaService': '*' } }, 'i'],
    ];
    for (const [index, [Condition, verdict, as = KeyId]] of conditions.entries()) {
      const caller = bed.principal({
        name: `c${index}`,
        policies: [statement('Allow', DECRYPT, { Condition })],
      });
      await expectVerdict(verdict, { caller, KeyId: as }, 'none');
    }
  });

  test('there were at least 200 questions', () => {
    assert.ok(counted >= 200, String(counted));
  });
});
