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

/** A start script as EC2 gives it, in base64, as text without its secrets; empty where there is none. */
export function startScript(encoded: string): string {
  return withoutSecrets(Buffer.from(encoded, 'base64').toString('utf8'));
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

/** The same for variables that are given as a list of names and values; the result is CloudFormation's `Name` and `Value`. */
export function pairsWithoutSecrets(
  pairs: readonly Readonly<Record<string, unknown>>[],
  name: string,
  value: string,
): readonly { readonly Name: string; readonly Value: string }[] {
  return pairs.map((pair) => {
    const Name = String(pair[name] ?? '');
    const clean = variablesWithoutSecrets({ [Name]: pair[value] ?? '' });
    return { Name, Value: clean[Name] ?? '' };
  });
}

/** An address of a person without the part that names them. */
export function withoutPerson(address: string): string {
  return address.replace(/^[^@\s]{1,320}@/, '***@');
}

/** Whether a part of a text was left out when it was collected: then it compares with nothing. */
export function isRedacted(text: string): boolean {
  return text.includes(SECRET_MARKER) || text.startsWith('***@');
}
