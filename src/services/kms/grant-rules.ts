import type { Caller } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { validation } from './errors.ts';
import { isAccount, principalId } from './policy-document.ts';
import type { GrantRecord, KeyRecord } from './records.ts';

export interface NamedPrincipals {
  readonly GranteePrincipal?: string | undefined;
  readonly GranteeServicePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly RetiringServicePrincipal?: string | undefined;
}

type Principals = Pick<
  GrantRecord,
  'grantee' | 'granteeId' | 'granteeKind' | 'retiring' | 'retiringId' | 'retiringKind'
>;

/** Who gets a grant and who may retire it. @throws AwsError ValidationException, InvalidArnException */
export async function grantPrincipals(input: NamedPrincipals, context: CallContext): Promise<Principals> {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = input;
  if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined)) {
    throw validation('Specify either GranteePrincipal or GranteeServicePrincipal.');
  }
  if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined) {
    throw validation('Specify either RetiringPrincipal or RetiringServicePrincipal.');
  }
  const grantee = await named(GranteePrincipal, GranteeServicePrincipal, context);
  const retiring =
    RetiringPrincipal === undefined && RetiringServicePrincipal === undefined
      ? undefined
      : await named(RetiringPrincipal, RetiringServicePrincipal, context);
  return {
    grantee: grantee.name,
    granteeKind: grantee.kind,
    ...(grantee.id !== undefined && { granteeId: grantee.id }),
    ...(retiring && {
      retiring: retiring.name,
      retiringKind: retiring.kind,
      ...(retiring.id !== undefined && { retiringId: retiring.id }),
    }),
  };
}

async function named(arn: string | undefined, service: string | undefined, { ports }: CallContext) {
  if (service !== undefined) {
    if (!/^[a-z0-9.-]{1,100}\.amazonaws\.com$/.test(service)) throw invalidPrincipal(service);
    return { name: service, kind: 'service' as const, id: undefined };
  }
  const name = arn ?? '';
  if (name !== '*' && isAccount(name)) return { name, kind: 'principal' as const, id: undefined };
  const id = await principalId(name, ports);
  if (id === undefined) throw invalidPrincipal(name);
  return { name, kind: 'principal' as const, id: id === '' ? undefined : id };
}

function invalidPrincipal(name: string) {
  return awsError('InvalidArnException', `ARN does not refer to a valid principal: ${name}`);
}

/** Whether a caller is who a grant names; of a user or role its unique id counts. */
export function isPrincipal(caller: Caller, name: string, id: string | undefined): boolean {
  if (id !== undefined) return caller.principal?.id === id;
  if (caller.arn === name) return true;
  return (
    caller.kind === 'root' && (name === caller.account || name === `arn:aws:iam::${caller.account}:root`)
  );
}

export interface GivenConstraints {
  readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
  readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
  readonly SourceArn?: string | undefined;
}

/** The constraints of a grant; some clients send an empty map for one that they do not mean. */
export function constraintsIn(given: GivenConstraints | undefined): GivenConstraints {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals, SourceArn } = given ?? {};
  const isThere = (pairs: typeof subset) => pairs !== undefined && Object.keys(pairs).length > 0;
  return {
    ...(isThere(subset) && { EncryptionContextSubset: subset }),
    ...(isThere(equals) && { EncryptionContextEquals: equals }),
    ...(SourceArn !== undefined && { SourceArn }),
  };
}

const BY_USAGE: Readonly<Record<string, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate'],
};
const DATA_KEYS = [
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];
const ALWAYS = ['CreateGrant', 'RetireGrant', 'DescribeKey'];

/** A grant only has operations that its key can do. @throws AwsError ValidationException */
export function demandOperations(
  { spec, usage }: KeyRecord,
  operations: readonly string[],
  constraints: GivenConstraints,
): void {
  const symmetric = spec === 'SYMMETRIC_DEFAULT';
  const possible = [
    ...ALWAYS,
    ...(BY_USAGE[usage] ?? []),
    ...(symmetric ? DATA_KEYS : []),
    ...(!symmetric && usage !== 'GENERATE_VERIFY_MAC' ? ['GetPublicKey'] : []),
  ];
  const strange = operations.find((each) => !possible.includes(each));
  if (strange !== undefined) {
    throw validation(`Operation ${strange} is not valid for a key of spec ${spec} and usage ${usage}.`);
  }
  if (operations.length === 0) throw validation('A grant has at least one operation.');
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints;
  if (equals !== undefined && subset !== undefined) {
    throw validation('A grant has one constraint on the encryption context.');
  }
  if (!symmetric && (equals !== undefined || subset !== undefined)) {
    throw validation('Encryption context constraints are only for symmetric encryption keys.');
  }
  demandShort(equals ?? subset ?? {});
}

const MOST_PAIRS = 8;
const LONGEST_VALUE = 384;

/** Source: AWS KMS API Reference, "CreateGrant", Constraints. @throws AwsError ValidationException */
function demandShort(pairs: Readonly<Record<string, string>>): void {
  const values = Object.values(pairs);
  if (values.length > MOST_PAIRS) {
    throw validation(`An encryption context constraint has at most ${MOST_PAIRS} pairs.`);
  }
  if (values.some((value) => value.length > LONGEST_VALUE)) {
    throw validation(
      `A value in an encryption context constraint must not be longer than ${LONGEST_VALUE} characters.`,
    );
  }
}
