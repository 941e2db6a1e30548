import type { Layer } from '../iam/decide/layers.ts';
import { type AwsError, awsError } from '../wire/aws-error.ts';
import type { ServiceErrors } from '../wire/service-errors.ts';
import type { Refusal } from './authorise.ts';
import { encodedMessage } from './authorization-message.ts';
import type { Caller } from './caller.ts';
import type { Permission } from './context.ts';
import type { SealPort } from './ports.ts';

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
const LAYER_NAMES: Readonly<Record<Layer, readonly [one: string, some: string]>> = {
  identity: ['an identity-based policy', 'identity-based policy'],
  resource: ['a resource-based policy', 'resource-based policy'],
  boundary: ['a permissions boundary', 'permissions boundary'],
  session: ['a session policy', 'session policy'],
  'service-control': ['a service control policy', 'service control policy'],
  'resource-control': ['a resource control policy', 'resource control policy'],
  endpoint: ['a VPC endpoint policy', 'VPC endpoint policy'],
};
const TRUST_POLICY = ['the role trust policy', 'role trust policy'] as const;

/** The response header that carries the encoded message of a refusal. */
const MESSAGE_HEADER = 'x-honmaru-authorization-message';

/** The error of a refused permission: who, what, on what, and what decided it. */
export async function denialError(
  caller: Caller,
  permission: Permission,
  refusal: Refusal,
  { accessDenied, encodesRefusals }: ServiceErrors,
  seal: SealPort,
): Promise<AwsError> {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
  const on = permission.resourceText ?? permission.resource;
  const sentence = `User: ${who} is not authorized to perform: ${permission.action} on resource: ${on}${because(caller, permission, refusal)}`;
  const encoded = await encodedMessage(
    caller,
    { ...permission, resource: told(permission, refusal) },
    shown(refusal, permission),
    seal,
  );
  return awsError(accessDenied.code, encodesRefusals ? withEncoded(sentence, encoded) : sentence, {
    status: accessDenied.status,
    evidence: { accessDenied: decidedBy(permission, refusal) },
    headers: { [MESSAGE_HEADER]: encoded },
  });
}

/** Source: Amazon EC2 API Reference, "Error codes" (UnauthorizedOperation). */
function withEncoded(sentence: string, encoded: string): string {
  return `You are not authorized to perform this operation. ${sentence}. Encoded authorization failure message: ${encoded}`;
}

function namesOf(layer: Layer, { action }: Permission): readonly [one: string, some: string] {
  return layer === 'resource' && action.startsWith('sts:') ? TRUST_POLICY : LAYER_NAMES[layer];
}

function because(caller: Caller, permission: Permission, refusal: Refusal): string {
  const { kind, layer } = refusal.decision;
  if (layer === undefined) return '';
  const [one, some] = namesOf(layer, permission);
  const foreign = permission.action.startsWith('sts:') && refusal.owner !== caller.account;
  // Whether a role of another account exists, and whom it trusts, is not told to everybody.
  if (foreign && (kind === 'implicit' || layer === 'resource')) return '';
  if (kind === 'explicit') return ` with an explicit deny in ${one}${policyArn(refusal)}`;
  return ` because no ${some} allows the ${permission.action} action`;
}

/** Source: AWS Security Blog, "Enhanced access denied error messages with policy ARNs". */
function policyArn(refusal: Refusal): string {
  const { layer } = refusal.decision;
  const name = refusal.statements[0]?.policy.name ?? '';
  return refusal.together && layer !== 'resource' && name.startsWith('arn:') ? `: ${name}` : '';
}

const OWN_LAYERS: readonly (Layer | undefined)[] = ['identity', 'boundary', 'session', 'service-control'];

/** Policies, tags and other facts of a stranger's resource are not shown to the caller's account. */
function shown(refusal: Refusal, permission: Permission): Refusal {
  if (refusal.together) return refusal;
  const ofResource = permission.context ?? {};
  const context = Object.entries(refusal.context).filter(([key]) => !Object.hasOwn(ofResource, key));
  const { layer } = refusal.decision;
  const own = OWN_LAYERS.includes(layer);
  // A role that trusts nobody, one that refuses somebody and one that is not there look the same.
  const hidden = layer === 'resource' && permission.action.startsWith('sts:');
  return {
    ...refusal,
    ...(hidden && { decision: { ...refusal.decision, kind: 'implicit' } }),
    context: Object.fromEntries(context),
    statements: own ? refusal.statements : [],
  };
}

/** How a resource is named to the caller's account: one of another account as the request named it. */
function told({ resource, resourceText }: Permission, { together }: Refusal): string {
  return together ? resource : (resourceText ?? resource);
}

/** What the audit record says of a refusal. */
function decidedBy(permission: Permission, refusal: Refusal): Readonly<Record<string, unknown>> {
  const { decision, statements } = shown(refusal, permission);
  const { kind, layer } = decision;
  const deciding = statements[0];
  return {
    action: permission.action,
    resource: told(permission, refusal),
    decision: kind,
    ...(layer !== undefined && { policyType: namesOf(layer, permission)[1] }),
    ...(deciding && {
      policy: deciding.policy.name,
      statementIndex: deciding.statement.index,
      ...(deciding.statement.sid !== undefined && { statementId: deciding.statement.sid }),
    }),
  };
}
