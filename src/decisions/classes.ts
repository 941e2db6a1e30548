import { type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { AssetDeclaration } from '../model/declaration.ts';
import { bareName, firstNames } from '../model/moved.ts';
import type { Interval, Risk } from '../model/risk.ts';
import { historyName } from './entry.ts';
import type { Histories } from './heads.ts';
import { judge } from './judge.ts';
import type { Roots } from './roots.ts';

/** An asset whose declared class a change lowers, without an entry of the owner that counts. */
export interface LoweredClass {
  readonly resource: string;
  /** Importance as the base has it; where nobody declared it, it may be 3. */
  readonly before: number;
  readonly after: number;
  readonly why: Text;
}

const CLASSES = ['confidentiality', 'integrity', 'availability'] as const;

/**
 * The classes that a change lowers against its base: lowering one is a decision of the owner, recorded as
 * `class-changed` in the history of each risk that reaches the asset.
 *
 * @param base what the base declares of its assets.
 * @param now what the change declares.
 * @param environment the first name of the environment, as the histories have it.
 */
export async function loweredClasses(
  assessment: Assessment,
  declared: { readonly base: readonly AssetDeclaration[]; readonly now: readonly AssetDeclaration[] },
  decided: { readonly histories: Histories; readonly roots: Roots; readonly environment: string },
): Promise<ReadonlyMap<string, readonly LoweredClass[]>> {
  const first = firstNames(assessment.environment.moved);
  const nameOf = new Map(assessment.environment.resources.map(({ id, name }) => [id, name]));
  const found = new Map<string, readonly LoweredClass[]>();
  for (const risk of assessment.risks) {
    const lowered: LoweredClass[] = [];
    for (const { resource, importance } of risk.assets) {
      const names = [resource, nameOf.get(resource) ?? resource, first(resource), bareName(first(resource))];
      const current = declaredHigh(declared.now, names);
      if (current === undefined) continue;
      const before = declaredHigh(declared.base, names) ?? 3;
      if (current >= before) continue;
      const why = await undecided(risk, { resource: first(resource), after: importance }, decided);
      if (why) lowered.push({ resource, before, after: current, why });
    }
    if (lowered.length > 0) found.set(risk.id, lowered);
  }
  return found;
}

/** The upper end of an asset's importance as declared; undefined where nobody declares the asset. */
function declaredHigh(assets: readonly AssetDeclaration[], names: readonly string[]): number | undefined {
  const declared = names.flatMap((name) => assets.find(({ resource }) => resource === name) ?? [])[0];
  return declared && Math.max(...CLASSES.map((name) => declared[name] ?? 3));
}

/** Why the owner has not decided about a class that a risk rests on; undefined when they have. */
async function undecided(
  risk: Risk,
  { resource, after }: { readonly resource: string; readonly after: Interval },
  { histories, roots, environment }: Parameters<typeof loweredClasses>[2],
): Promise<Text | undefined> {
  const history = histories.get(historyName({ environment, risk: risk.id })) ?? [];
  const entry = history.findLast((each) => each.kind === 'class-changed' && each.resource === resource);
  if (entry?.kind !== 'class-changed' || entry.after.high !== after.high) {
    return text(
      `lowering the class of ${resource} is a decision: honmaru risk class ${resource} --reason …`,
      `${resource} の重要度を下げるには決定が必要です:honmaru risk class ${resource} --reason …`,
    );
  }
  return (await judge(entry, roots)).doubt;
}
