/** What stands in place of a value that looks like a secret. */
export const SECRET_MARKER = 'SECRET_REMOVED_BY_HONMARU';

const NAME =
  '[A-Za-z0-9_.-]{0,64}(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|TOKEN|CREDENTIAL)[A-Za-z0-9_.-]{0,64}';
const SECRET_NAME = new RegExp(`^${NAME}$`, 'i');
/** `NAME=value`, `NAME: value` and `--name value` in scripts and configuration. */
const ASSIGNED = new RegExp(
  `(${NAME}["']?[ \\t]{0,8}[=:][ \\t]{0,8}|--${NAME}[ =])("[^"\\n]*"|'[^'\\n]*'|[^\\s"']+)`,
  'gi',
);

/** Shapes that are secrets whatever they are called. */
const SHAPES: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9]{20,255}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,255}/g,
  /\bsk_live_[A-Za-z0-9]{10,255}\b/g,
];
const IN_URL = /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,200}:)[^\s/@]{1,500}@/gi;

/** The key id and the head of a private key stay recognisable, so that it is still known that one stood there. */
const ACCESS_KEY = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g;
const PRIVATE_KEY =
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g;

/** A script or configuration without its secrets; names and everything else stay. */
export function withoutSecrets(text: string): string {
  let clean = text
    .replace(IN_URL, `$1${SECRET_MARKER}@`)
    .replace(ACCESS_KEY, `$1${'X'.repeat(16)}`)
    .replace(PRIVATE_KEY, `$1 ${SECRET_MARKER}`);
  for (const shape of SHAPES) clean = clean.replace(shape, SECRET_MARKER);
  return clean.replace(ASSIGNED, (whole, before: string, value: string) =>
    isReference(value) ? whole : `${before}${SECRET_MARKER}`,
  );
}

/** Environment variables without the values of those that look like secrets. */
export function variablesWithoutSecrets(
  variables: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const written = String(value);
      const secret = SECRET_NAME.test(name) && written !== '' && !isArn(written);
      return [name, secret ? SECRET_MARKER : withoutSecrets(written)];
    }),
  );
}

/** `$NAME`, `$(command)` and ARNs say where a secret is, not what it is. */
function isReference(value: string): boolean {
  return /^["']?\$[A-Za-z({]/.test(value) || isArn(value);
}

function isArn(value: string): boolean {
  return /^["']?arn:[a-z-]+:/.test(value);
}
