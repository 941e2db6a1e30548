import { type Element, loadActionTable, type Policy, type Statement } from '../../iam/index.ts';
import { compileGlob, matchGlob } from '../../iam/match/glob.ts';
import { tokensOf } from '../../iam/match/tokens.ts';

/** The services of which a policy allows at least one action, out of some. */
export async function servicesGranted(
  policy: Policy,
  namespaces: readonly string[],
): Promise<readonly string[]> {
  const table = await loadActionTable();
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
  const granted = await Promise.all(
    namespaces.map(async (namespace) => {
      const actions = () => table.expand(`${namespace}:*`).map((action) => action.toLowerCase());
      return allows.some((statement) => grants(statement, namespace, actions, table.expand));
    }),
  );
  return namespaces.filter((_, index) => granted[index]);
}

function grants(
  { actions }: Statement,
  namespace: string,
  all: () => readonly string[],
  expand: (pattern: string) => readonly string[],
): boolean {
  const patterns = actions.items.flatMap((item) => patternIn(textOf(item), namespace));
  if (!actions.negated) return patterns.some((pattern) => expand(pattern).length > 0);
  const left = new Set(all());
  for (const pattern of patterns) for (const action of expand(pattern)) left.delete(action.toLowerCase());
  return left.size > 0;
}

function textOf({ text }: Element): string {
  return typeof text === 'string' ? text : '*';
}

/** A pattern as it speaks of one service; nothing when it does not. */
function patternIn(pattern: string, namespace: string): readonly string[] {
  if (pattern === '*') return [`${namespace}:*`];
  const [service = '', action = '*'] = pattern.toLowerCase().split(':');
  const glob = compileGlob(tokensOf(service, { wildcards: true, variables: false }));
  return matchGlob(glob, namespace.toLowerCase()) ? [`${namespace}:${action}`] : [];
}

/** Every service that actions are known of. */
export async function everyNamespace(): Promise<readonly string[]> {
  return (await loadActionTable()).services;
}
