import { type DocumentNode, entryOf, type MapNode } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { LIMITS } from '../limits.ts';
import { actionFormatFlaw } from './action-format.ts';
import { type Flaw, type GrammarFailure, LEGACY_ERROR, SYNTAX_ERROR } from './failure.ts';
import { legacyFlaw } from './legacy.ts';
import { resourceFormatFlaw } from './resource-format.ts';
import { statementsOf, syntaxFlaw } from './syntax.ts';
import { textsOf } from './texts-of.ts';

/** What a document is for: a managed policy, an inline one, a role's trust policy. */
export type DocumentKind = 'managed' | 'inline' | 'trust';

const BAD_JSON = 'This policy contains invalid Json';
const STRANGE = /[^\t\n\r\u0020-\u00ff]/;

/**
 * Checks a policy document as the operations of IAM do that store one, and answers with AWS's code,
 * message and the place, or undefined when IAM takes the document.
 */
export function checkDocument(
  text: string,
  kind: DocumentKind,
  name = 'PolicyDocument',
): GrammarFailure | undefined {
  const file: SourceFile = { path: name, text };
  const size = sizeFailure(file, kind);
  if (size !== undefined) return size;
  const strange = text.search(STRANGE);
  if (strange >= 0) return malformed(file, { message: SYNTAX_ERROR, offset: strange });
  try {
    const { root, problems } = parseJson(file, { depth: LIMITS.documentDepth });
    const [duplicate] = problems;
    if (duplicate?.place)
      return { ...malformed(file, { message: SYNTAX_ERROR, offset: 0 }), place: duplicate.place };
    const flaw = firstFlaw(root, kind);
    return flaw && malformed(file, flaw);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...malformed(file, { message: BAD_JSON, offset: 0 }), place: error.place ?? placeAt(file, 0) };
  }
}

/** The size of a document as IAM counts it against its quotas: white space is left out. */
export function policySize(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) size += 1;
  }
  return size;
}

function sizeFailure(file: SourceFile, kind: DocumentKind): GrammarFailure | undefined {
  const quota = kind === 'trust' ? LIMITS.trustPolicy : kind === 'managed' ? LIMITS.managedPolicy : undefined;
  const limit = quota ?? LIMITS.documentCharacters;
  if (file.text.length <= limit) return undefined;
  if (file.text.length <= LIMITS.documentCharacters && policySize(file.text) <= limit) return undefined;
  const what = kind === 'trust' ? 'ACLSizePerRole' : 'PolicySize';
  const message = `Cannot exceed quota for ${what}: ${limit}`;
  return { code: 'LimitExceeded', status: 409, message, place: placeAt(file, limit) };
}

function malformed(file: SourceFile, { message, offset }: Flaw): GrammarFailure {
  return { code: 'MalformedPolicyDocument', status: 400, message, place: placeAt(file, offset) };
}

/** The order is AWS's: a document with several flaws gets the message of the first check that fails. */
function firstFlaw(root: DocumentNode, kind: DocumentKind): Flaw | undefined {
  const syntax = syntaxFlaw(root);
  if (syntax !== undefined) return { message: SYNTAX_ERROR, offset: syntax };
  if (kind === 'managed' && versionOf(root) !== '2012-10-17') {
    return { message: 'Policy document must be version 2012-10-17 or greater.', offset: root.start };
  }
  const statements = statementsOf(root);
  const legacy = statements.map(legacyFlaw).find((offset) => offset !== undefined);
  if (legacy !== undefined) return { message: LEGACY_ERROR, offset: legacy };
  return (
    repeatedSid(statements) ??
    firstIn(statements, (statement) => missingElement(statement, kind)) ??
    (kind === 'trust' ? undefined : firstIn(statements, resourceFlaw)) ??
    firstIn(statements, actionFlaw)
  );
}

function versionOf(root: DocumentNode): string | undefined {
  const value = entryOf(root, 'Version')?.value;
  return value?.kind === 'scalar' ? String(value.value) : undefined;
}

function firstIn<T>(items: readonly T[], check: (item: T) => Flaw | undefined): Flaw | undefined {
  for (const item of items) {
    const flaw = check(item);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function repeatedSid(statements: readonly MapNode[]): Flaw | undefined {
  const seen = new Set<string>();
  return firstIn(
    statements.flatMap((statement) => textsOf(statement, 'Sid')),
    ({ text, offset }) => {
      if (text === '' || !seen.has(text)) {
        seen.add(text);
        return undefined;
      }
      return { message: 'Statement IDs (SID) in a single policy must be unique.', offset };
    },
  );
}

function missingElement(statement: MapNode, kind: DocumentKind): Flaw | undefined {
  const offset = statement.start;
  if (textsOf(statement, 'Action', 'NotAction').length === 0) {
    return { message: 'Policy statement must contain actions.', offset };
  }
  const resource = entryOf(statement, 'Resource') ?? entryOf(statement, 'NotResource');
  const principal = entryOf(statement, 'Principal') ?? entryOf(statement, 'NotPrincipal');
  if (kind === 'trust') {
    if (resource) return { message: `Has prohibited field ${resource.key}`, offset: resource.keyStart };
    return principal ? undefined : { message: 'Missing required field Principal', offset };
  }
  if (principal)
    return { message: 'Policy document should not specify a principal.', offset: principal.keyStart };
  if (textsOf(statement, 'Resource', 'NotResource').length > 0) return undefined;
  return { message: 'Policy statement must contain resources.', offset };
}

function resourceFlaw(statement: MapNode): Flaw | undefined {
  return firstIn(textsOf(statement, 'Resource', 'NotResource'), ({ text, offset }) => {
    const message = resourceFormatFlaw(text);
    return message === undefined ? undefined : { message, offset };
  });
}

function actionFlaw(statement: MapNode): Flaw | undefined {
  return firstIn(textsOf(statement, 'Action', 'NotAction'), ({ text, offset }) => {
    const message = actionFormatFlaw(text);
    return message === undefined ? undefined : { message, offset };
  });
}
