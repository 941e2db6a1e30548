import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { awsError } from '../../platform/service.ts';
import type { PasswordPolicy } from './records.ts';

/** Cost of scrypt (RFC 7914): 16 MiB, some tens of milliseconds. */
const COST: ScryptOptions = { N: 16_384, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** `scrypt$N$r$p$salt$hash`; the cost is in the text, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const options = { ...COST, N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), options);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** What holds while an account has no policy of its own. Source: IAM User Guide, "Setting an account password policy". */
const DEFAULT_LENGTH = 8;
const DEFAULT_KINDS = 3;

const KINDS = {
  uppercase: /[A-Z]/,
  lowercase: /[a-z]/,
  number: /[0-9]/,
  symbol: /[!@#$%^&*()_+\-=[\]{}|']/,
} as const;

/** @throws AwsError PasswordPolicyViolation with everything that the password lacks. */
export function demandPassword(password: string, policy: PasswordPolicy | undefined): void {
  const flaws = policy ? flawsUnder(password, policy) : flawsByDefault(password);
  if (flaws.length > 0) throw awsError('PasswordPolicyViolation', flaws.join(', '));
}

function flawsUnder(password: string, policy: PasswordPolicy): readonly string[] {
  const demands: readonly (readonly [boolean, boolean, string])[] = [
    [
      true,
      password.length >= policy.MinimumPasswordLength,
      `a minimum length of ${policy.MinimumPasswordLength}`,
    ],
    [policy.RequireUppercaseCharacters, KINDS.uppercase.test(password), 'at least one uppercase letter'],
    [policy.RequireLowercaseCharacters, KINDS.lowercase.test(password), 'at least one lowercase letter'],
    [policy.RequireNumbers, KINDS.number.test(password), 'at least one number'],
    [policy.RequireSymbols, KINDS.symbol.test(password), 'at least one symbol'],
  ];
  return demands
    .filter(([required, met]) => required && !met)
    .map(([, , what]) => `Password should have ${what}`);
}

function flawsByDefault(password: string): readonly string[] {
  const kinds = Object.values(KINDS).filter((kind) => kind.test(password)).length;
  const flaws: string[] = [];
  if (password.length < DEFAULT_LENGTH)
    flaws.push(`Password should have a minimum length of ${DEFAULT_LENGTH}`);
  if (kinds < DEFAULT_KINDS) {
    flaws.push(
      'Password should have at least three of: uppercase letters, lowercase letters, numbers, symbols',
    );
  }
  return flaws;
}
