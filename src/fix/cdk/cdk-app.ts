import { posix } from 'node:path';
import { child, stringOf } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { assemblyStacks } from '../../sources/cloudformation/cdk-assembly.ts';
import { Refusal } from '../document/refusal.ts';
import type { Answers } from '../plan/change.ts';
import type { FileChange } from '../plan/file-change.ts';

/** Reads a file as it is now, by the path under which people know it; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** The file that calls the constructs of honmaru-cdk. */
export const CDK_FILE = 'honmaru-safeguards.ts';

/** The safeguards that `Safeguards.attachTo` of honmaru-cdk attaches, by the ids that it shares with us. */
export const CDK_SAFEGUARDS: ReadonlySet<string> = new Set([
  'acm',
  'backup',
  'budget',
  'encryption-at-rest',
  'iam-least-privilege',
  'imdsv2',
  'kms',
  'logging',
  'mfa',
  'network-firewall',
  'network-least-privilege',
  'patch-manager',
  'redundancy',
  's3-block-public-access',
  'secrets-manager',
  'segmentation',
  'tls',
  'waf',
]);

/** The folder of the CDK app that made a template, or undefined where no app made it. */
export function cdkAppOf(file: SourceFile, read: ReadText): string | undefined {
  const folder = posix.dirname(file.path);
  const manifest = read(posix.join(folder, 'manifest.json'));
  if (manifest === undefined || !isAssembly({ path: 'manifest.json', text: manifest })) return undefined;
  return posix.normalize(posix.join(folder, '..'));
}

function isAssembly(file: SourceFile): boolean {
  try {
    return assemblyStacks(parseJson(file).root) !== undefined;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** @throws Refusal for an app that is not written in TypeScript or JavaScript, for which there are no constructs. */
export function refuseOtherLanguages(app: string, read: ReadText): void {
  const path = posix.join(app, 'cdk.json');
  const settings = read(path);
  const command = settings === undefined ? undefined : appCommand({ path, text: settings });
  if (command === undefined || /\b(?:node|tsx|ts-node|npx|bun|deno)\b/.test(command)) return;
  throw new Refusal(
    text(
      'the app is not written in TypeScript or JavaScript, and honmaru-cdk is',
      'このアプリはTypeScript/JavaScriptで書かれていないため、honmaru-cdkを使えません',
    ),
  );
}

function appCommand(file: SourceFile): string | undefined {
  try {
    return stringOf(child(parseJson(file).root, 'app'));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** What an app's file is to attach. */
export interface CdkWish {
  readonly safeguard: string;
  readonly id: string;
}

/**
 * The added file of an app: a function that attaches the safeguards when it is called for a stack. Templates in
 * `cdk.out` are made anew each time, so that an edit of them would be lost. Undefined where there is one.
 */
export function cdkFile(
  app: string,
  wishes: readonly CdkWish[],
  answers: Answers,
  read: ReadText,
): FileChange | undefined {
  const path = posix.join(app, CDK_FILE);
  const after = contentFor(wishes, answers);
  const before = read(path);
  // A file that is there is its owner's: it is never written over.
  if (before !== undefined) return undefined;
  const by = wishes.map(({ id }) => id);
  return {
    file: { path, text: '' },
    after,
    splices: [{ start: 0, end: 0, text: after, by }],
    isNew: true,
  };
}

function contentFor(wishes: readonly CdkWish[], { domain, hostedZone }: Answers): string {
  const ids = [...new Set(wishes.map(({ safeguard }) => safeguard))].toSorted();
  const names =
    domain === undefined || hostedZone === undefined
      ? []
      : [`    domainName: ${JSON.stringify(domain)},`, `    hostedZoneId: ${JSON.stringify(hostedZone)},`];
  return [
    "import type { Stack } from 'aws-cdk-lib';",
    "import { Safeguards } from 'honmaru-cdk';",
    '',
    '/**',
    ' * Attaches what "honmaru fix" found missing. Call it for each stack of the app after the stack is defined:',
    ' * `attachSafeguards(stack)`. `report()` of what it returns tells, after the synthesis, what became of each.',
    ' */',
    'export function attachSafeguards(stack: Stack): Safeguards {',
    '  return Safeguards.attachTo(stack, {',
    '    only: [',
    ...ids.map((id) => `      '${id}',`),
    '    ],',
    ...names,
    '  });',
    '}',
    '',
  ].join('\n');
}
