import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';
import type { Span } from '../../kernel/source-file.ts';
import { undecided } from '../../model/answer.ts';
import { type Resource, STAND_IN } from '../../model/resource.ts';
import { unknown } from '../../model/value.ts';
import { JUDGED_BY_ABSENCE } from './absence.ts';
import { COLLECTORS } from './collectors.ts';
import { EVERYWHERE } from './found.ts';
import { itemsOf, textsOf } from './snapshot-nodes.ts';

const ALL = '*';

const COLLECTED_TYPES: ReadonlySet<string> = new Set(COLLECTORS.flatMap(({ types }) => types));

/**
 * The types of which resources may be missing, with where: a region, `global`, or `*` when nothing was asked
 * for them at all. A type of regions has to be answered for in each region.
 */
export function unansweredTypes(
  parts: readonly DocumentNode[],
  regions: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const answers = parts.map((part) => ({
    region: stringOf(child(part, 'region')) ?? '',
    types: textsOf(child(part, 'types')),
    open: new Set(itemsOf(child(part, 'gaps')).flatMap((gap) => textsOf(child(gap, 'types')))),
  }));
  const asked = new Set(answers.flatMap(({ types }) => types));
  const missing = new Map<string, ReadonlySet<string>>();
  for (const type of new Set([...asked, ...COLLECTED_TYPES])) {
    const of = answers.filter(({ types }) => types.includes(type));
    const where = new Set(of.filter(({ open }) => open.has(type)).map(({ region }) => region));
    if (of.length === 0) where.add(ALL);
    else if (of.some(({ region }) => region !== EVERYWHERE)) {
      for (const region of regions) if (!of.some((each) => each.region === region)) where.add(region);
    }
    if (where.size > 0) missing.set(type, where);
  }
  return missing;
}

/** One for each type whose absence would be judged, in each region where it was not looked at. */
export function standIns(
  missing: ReadonlyMap<string, ReadonlySet<string>>,
  regions: readonly string[],
  span: Span,
): readonly Resource[] {
  return [...missing].flatMap(([type, where]) => {
    if (!JUDGED_BY_ABSENCE.has(type)) return [];
    if (regions.length < 2 || where.has(ALL) || where.has(EVERYWHERE))
      return [standIn(type, undefined, span)];
    return [...where].map((region) => standIn(type, region, span));
  });
}

function standIn(type: string, region: string | undefined, span: Span): Resource {
  const value = unknown(type, 'not-collected', span);
  return {
    id: region === undefined ? `${STAND_IN}${type}` : `${STAND_IN}${type}@${region}`,
    type,
    name: `${type} (not collected${region === undefined ? '' : ` in ${region}`})`,
    stack: '',
    ...(region === undefined ? {} : { region }),
    properties: value,
    span,
    basis: 'live',
    exists: undecided(value),
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}
