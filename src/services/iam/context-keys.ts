import type { Element, Policy, Statement } from '../../iam/index.ts';

/** The condition keys and policy variables that policies ask for, as they are written, each once. */
export function contextKeysIn(policies: readonly Policy[]): readonly string[] {
  const found = new Map<string, string>();
  const note = (key: string) => {
    if (!found.has(key.toLowerCase())) found.set(key.toLowerCase(), key);
  };
  for (const statement of policies.flatMap((policy) => policy.statements)) {
    for (const { key } of statement.conditions) note(key);
    for (const key of variablesIn(statement)) note(key);
  }
  return [...found.values()];
}

const VARIABLE = /\$\{\s*([A-Za-z0-9_.:/=+@-]+)\s*(?:,|\})/g;

function variablesIn(statement: Statement): readonly string[] {
  if (!statement.variables) return [];
  const elements: readonly Element[] = [
    ...(statement.resources?.items ?? []),
    ...statement.conditions.flatMap(({ values }) => values),
  ];
  return elements.flatMap(({ text }) =>
    typeof text === 'string' ? [...text.matchAll(VARIABLE)].map(([, key]) => key ?? '') : [],
  );
}
