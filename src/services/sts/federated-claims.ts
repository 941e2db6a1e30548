import { awsError } from '../../platform/service.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const SOURCE_IDENTITY = /^[\w+=,.@-]{2,64}$/;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/**
 * The source identity that a token or an assertion carries: it has the form that AssumeRole takes.
 *
 * @throws AwsError InvalidIdentityToken.
 */
export function claimedSourceIdentity(claim: unknown): string | undefined {
  if (claim === undefined) return undefined;
  if (typeof claim === 'string' && SOURCE_IDENTITY.test(claim)) return claim;
  throw awsError('InvalidIdentityToken', 'The source identity must match [a-zA-Z_0-9+=,.@-]{2,64}');
}

/** Session tags that a token or an assertion carries, in the form that AssumeRole takes. @throws AwsError InvalidIdentityToken. */
export function claimedTags(tags: readonly Tag[]): readonly Tag[] {
  const wellFormed = tags.every(
    ({ Key, Value }) =>
      Key !== '' &&
      Key.length <= LONGEST_KEY &&
      Value.length <= LONGEST_VALUE &&
      TAG_TEXT.test(Key) &&
      TAG_TEXT.test(Value),
  );
  if (wellFormed && tags.length <= MOST_TAGS) return tags;
  throw awsError(
    'InvalidIdentityToken',
    'The session tags are too many, too long or have characters that tags cannot have',
  );
}
