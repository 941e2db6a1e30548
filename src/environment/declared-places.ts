import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Declaration } from '../model/declaration.ts';
import { bareName, firstNames } from '../model/moved.ts';
import { ACCOUNT_ID, REGION_ID } from '../model/resource.ts';

/** A thing that has an id and a name that people call it by. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Assets and places of safeguards in the declaration that are nothing of what was read. It may lie in a file
 * that was not given, so it is told and fails nothing.
 */
export function unknownPlaces(declaration: Declaration, resources: readonly Named[]): readonly NotAnalysed[] {
  const first = firstNames(declaration.moved);
  const known = new Set([
    ACCOUNT_ID,
    REGION_ID,
    ...resources.flatMap(({ id, name }) => [id, name, first(id), bareName(first(id))]),
  ]);
  const declared: readonly { readonly resource?: string; readonly source?: Place }[] = [
    ...declaration.assets,
    ...(declaration.safeguards ?? []),
  ];
  return declared.flatMap(({ resource, source }): readonly NotAnalysed[] => {
    if (resource === undefined || known.has(resource)) return [];
    const meant = nearest(resource, [...known]);
    return [
      {
        kind: 'outside',
        what: resource,
        reason: text(
          `honmaru.yaml declares something about ${resource}, which is not among what was read`,
          `honmaru.yaml に ${resource} の宣言がありますが、読み取った中にありません`,
        ),
        ...(meant ? { remedy: text(`did you mean ${meant}?`, `${meant} のことですか`) } : {}),
        ...(source ? { source } : {}),
      },
    ];
  });
}
