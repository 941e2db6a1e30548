import { randomBytes } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import type { Operation, StoredRecord } from '../../store/store.ts';
import { authorisedKey, KEY_CONDITIONS, keyPermission, tokenHash } from './authorise.ts';
import { grants, keys } from './collections.ts';
import { dryRun, limitExceeded, notFound, validation } from './errors.ts';
import { grantsOf, keyKey } from './find.ts';
import type { FoundKey } from './found-key.ts';
import { save } from './fresh.ts';
import {
  constraintConditions,
  GRANT_CONDITIONS,
  type GrantInput,
  grantConditions,
} from './grant-conditions.ts';
import { demandWithinOwnGrants } from './grant-delegation.ts';
import { constraintsIn, demandOperations, grantPrincipals, isPrincipal } from './grant-rules.ts';
import { pageOf } from './paging.ts';
import type { GrantRecord } from './records.ts';
import { refuseStates } from './state.ts';

const MOST_GRANTS = 50_000;
const USUAL_GRANTS = 50;

export const grantOperations = {
  CreateGrant: {
    conditionKeys: GRANT_CONDITIONS,
    redact: ['GrantToken', 'GrantTokens'],
    authorise: async (input, context) => [
      await keyPermission(context, input.KeyId, {
        action: 'kms:CreateGrant',
        foreign: true,
        tokens: input.GrantTokens,
        context: grantConditions(input),
      }),
    ],
    async handle(input, context) {
      const found = authorisedKey(context, input.KeyId);
      const principals = await grantPrincipals(input, context);
      const { record } = found;
      demandOperations(record, input.Operations, constraintsIn(input.Constraints));
      refuseStates(
        record,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingImport',
        'PendingReplicaDeletion',
      );
      await demandWithinOwnGrants(context, found, input);
      if (input.DryRun) throw dryRun();
      return createGrant(context, found, principals, input);
    },
  },

  ListGrants: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:GrantIsForAWSResource'],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:ListGrants',
        foreign: true,
        context: { 'kms:GrantIsForAWSResource': false },
      }),
    ],
    async handle(input, context) {
      const { stored, arn } = authorisedKey(context, input.KeyId);
      const all = await grantsOf(context.store, stored.key);
      const wanted = all.filter(
        ({ id, grantee }) =>
          (input.GrantId === undefined || id === input.GrantId) &&
          (input.GranteePrincipal === undefined || grantee === input.GranteePrincipal) &&
          (input.GranteeServicePrincipal === undefined || grantee === input.GranteeServicePrincipal),
      );
      const { items, ...page } = pageOf(wanted, ({ id }) => id, input, USUAL_GRANTS);
      return { Grants: items.map((grant) => shownGrant(grant, arn)), ...page };
    },
  },

  ListRetirableGrants: {
    authorise: () => [{ action: 'kms:ListRetirableGrants', resource: '*' }],
    async handle(input, context) {
      const principal = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
      if (principal === undefined) throw validation('A retiring principal is required.');
      const found: GrantRecord[] = [];
      let after: string | undefined;
      do {
        const { records, next } = await context.store.list(grants, {
          index: 'retiring',
          equals: `${context.region}/${principal}`,
          limit: 1_000,
          ...(after !== undefined && { after }),
        });
        found.push(...records.map(({ value }) => value).filter(({ account }) => account === context.account));
        after = next;
      } while (after !== undefined);
      const { items, ...page } = pageOf(found, ({ id }) => id, input, USUAL_GRANTS);
      return { Grants: items.map((grant) => shownGrant(grant, arnOf(grant))), ...page };
    },
  },

  RevokeGrant: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:GrantIsForAWSResource'],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:RevokeGrant',
        foreign: true,
        context: { 'kms:GrantIsForAWSResource': false },
      }),
    ],
    async handle({ KeyId, GrantId, DryRun }, context) {
      const { stored, record } = authorisedKey(context, KeyId);
      refuseStates(record, context.now, 'PendingImport');
      const grant = await context.store.get(grants, `${stored.key}/${GrantId}`);
      if (!grant) throw notFound.grant(GrantId);
      if (DryRun) throw dryRun();
      return change({}, await removal(context, grant));
    },
  },

  RetireGrant: {
    conditionKeys: [
      ...KEY_CONDITIONS,
      'kms:EncryptionContext:${EncryptionContextKey}',
      'kms:EncryptionContextKeys',
      'kms:GrantConstraintType',
    ],
    redact: ['GrantToken'],
    // The grant itself says who may retire it; policies only say so of the others.
    async authorise(input, context) {
      const { value } = await retiredGrant(context, input);
      if (await mayRetireByGrant(context, value)) return [];
      return [
        await keyPermission(context, arnOf(value), {
          action: 'kms:RetireGrant',
          foreign: true,
          context: constraintConditions(value),
        }),
      ];
    },
    async handle(input, context) {
      const grant = await retiredGrant(context, input);
      if (input.DryRun) throw dryRun();
      return change({}, await removal(context, grant));
    },
  },
} satisfies Operations<typeof Sdk>;

/** The same grant asked for twice under a name is one grant, with a fresh token. */
async function createGrant(
  context: CallContext,
  { stored, record }: FoundKey,
  principals: Awaited<ReturnType<typeof grantPrincipals>>,
  input: GrantInput,
) {
  const { store, now, account } = context;
  const fresh = await store.get(keys, stored.key);
  if (!fresh) throw notFound.key(stored.key);
  const others = await grantsOf(store, stored.key);
  const operations = [...new Set(input.Operations)].sort();
  const constraints = constraintsIn(input.Constraints);
  const made = {
    account: record.account,
    region: record.region,
    keyId: record.id,
    ...principals,
    issuingAccount: `arn:aws:iam::${account}:root`,
    operations,
    ...(input.Name !== undefined && { name: input.Name }),
    ...(constraints.EncryptionContextSubset && { subset: constraints.EncryptionContextSubset }),
    ...(constraints.EncryptionContextEquals && { equals: constraints.EncryptionContextEquals }),
    ...(constraints.SourceArn !== undefined && { sourceArn: constraints.SourceArn }),
  };
  const token = randomBytes(48).toString('base64url');
  const same = input.Name === undefined ? undefined : others.find((each) => isSame(each, made));
  if (!same && others.length >= MOST_GRANTS) throw limitExceeded('A key has at most 50,000 grants.');
  const id = same?.id ?? randomBytes(32).toString('hex');
  const grant: GrantRecord = {
    ...made,
    id,
    createdAt: same?.createdAt ?? now.getTime(),
    token: tokenHash(token),
  };
  return change({ GrantToken: token, GrantId: id }, [
    put(grants, `${stored.key}/${id}`, grant),
    save(fresh, { revision: fresh.value.revision + 1 }),
  ]);
}

function isSame(grant: GrantRecord, made: Omit<GrantRecord, 'id' | 'createdAt' | 'token'>): boolean {
  const { id: _id, createdAt: _at, token: _token, ...rest } = grant;
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
  return sorted(rest) === sorted(made);
}

async function removal(
  { store }: CallContext,
  grant: StoredRecord<GrantRecord>,
): Promise<readonly Operation[]> {
  const { account, region, keyId } = grant.value;
  const key = await store.get(keys, keyKey({ account, region, id: keyId }));
  return [
    remove(grants, grant.key, grant.version),
    ...(key ? [save(key, { revision: key.value.revision + 1 })] : []),
  ];
}

interface RetireInput {
  readonly GrantToken?: string | undefined;
  readonly KeyId?: string | undefined;
  readonly GrantId?: string | undefined;
}

async function retiredGrant(
  { store }: CallContext,
  { GrantToken, KeyId, GrantId }: RetireInput,
): Promise<StoredRecord<GrantRecord>> {
  if (GrantToken !== undefined) {
    if (KeyId !== undefined || GrantId !== undefined) {
      throw validation('Specify either a grant token or a grant ID and key ARN, not both.');
    }
    const { records } = await store.list(grants, { index: 'token', equals: tokenHash(GrantToken), limit: 1 });
    if (!records[0]) throw awsError('InvalidGrantTokenException', '');
    return records[0];
  }
  const [, region = '', account = '', id = ''] =
    /^arn:aws:kms:([^:]+):(\d{12}):key\/(.+)$/.exec(KeyId ?? '') ?? [];
  if (GrantId === undefined || id === '')
    throw validation('A grant token, or a grant ID and key ARN, is required.');
  const found = await store.get(grants, `${keyKey({ account, region, id })}/${GrantId}`);
  if (!found) throw notFound.grant(GrantId);
  return found;
}

/** The retiring principal, and the grantee when the grant has the operation RetireGrant. */
async function mayRetireByGrant({ caller }: CallContext, grant: GrantRecord): Promise<boolean> {
  const { retiring, retiringId, grantee, granteeId, operations } = grant;
  if (retiring !== undefined && isPrincipal(caller, retiring, retiringId)) return true;
  return operations.includes('RetireGrant') && isPrincipal(caller, grantee, granteeId);
}

function arnOf({ account, region, keyId }: GrantRecord): string {
  return `arn:aws:kms:${region}:${account}:key/${keyId}`;
}

function shownGrant(grant: GrantRecord, arn: string): Sdk.GrantListEntry {
  const { retiring, retiringKind, granteeKind, grantee, subset, equals, sourceArn } = grant;
  return {
    KeyId: arn,
    GrantId: grant.id,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.createdAt),
    ...(granteeKind === 'service' ? { GranteeServicePrincipal: grantee } : { GranteePrincipal: grantee }),
    ...(retiring !== undefined &&
      (retiringKind === 'service'
        ? { RetiringServicePrincipal: retiring }
        : { RetiringPrincipal: retiring })),
    IssuingAccount: grant.issuingAccount,
    Operations: [...grant.operations] as Sdk.GrantOperation[],
    ...((subset || equals || sourceArn) && {
      Constraints: {
        ...(subset && { EncryptionContextSubset: { ...subset } }),
        ...(equals && { EncryptionContextEquals: { ...equals } }),
        ...(sourceArn !== undefined && { SourceArn: sourceArn }),
      },
    }),
  };
}
