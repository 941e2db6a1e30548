import {
  checkDocument,
  type DocumentKind,
  type Policy,
  policySize,
  readPolicyDocument,
} from '../../iam/index.ts';
import { awsError } from '../../platform/service.ts';
import { limitExceeded } from './errors.ts';
import { QUOTAS } from './quotas.ts';
import type { InlinePolicy } from './records.ts';

/** @throws AwsError MalformedPolicyDocument, LimitExceeded as IAM does for a document that it does not take. */
export function demandDocument(text: string, kind: DocumentKind): void {
  const failure = checkDocument(text, kind);
  if (failure !== undefined) throw awsError(failure.code, failure.message);
}

/** A stored document as the engine reads it. */
export function policyOf(document: string, name: string): Policy {
  return readPolicyDocument({ path: name, text: document }).policy;
}

const SIZES = {
  user: QUOTAS.UserPolicySize,
  group: QUOTAS.GroupPolicySize,
  role: QUOTAS.RolePolicySize,
} as const;

/** The inline policies of an entity with one put in. @throws AwsError LimitExceeded beyond their summed size. */
export function withInline(
  kind: keyof typeof SIZES,
  owner: { readonly name: string; readonly inline: readonly InlinePolicy[] },
  added: InlinePolicy,
): readonly InlinePolicy[] {
  const others = owner.inline.filter(({ name }) => name !== added.name);
  const all = [...others, added];
  const size = all.reduce((sum, { document }) => sum + policySize(document), 0);
  if (size > SIZES[kind]) {
    throw limitExceeded(`Maximum policy size of ${SIZES[kind]} bytes exceeded for ${kind} ${owner.name}`);
  }
  return all;
}

/** A document as the answers carry it: percent-encoded (RFC 3986). */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
