import { placeOf } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import { all, undecided } from '../../../model/answer.ts';
import type { NotAnalysed } from '../../../model/assessment.ts';
import type { Resource } from '../../../model/resource.ts';
import { booleanFrom, known, list, map, showValue, stringFrom, type Value } from '../../../model/value.ts';
import { idOf, type TerraformResource } from '../terraform-resource.ts';
import { joinsOf, mappingOf } from '../types/registry.ts';
import type { Draft } from './draft.ts';
import { applyFields, written } from './fields.ts';
import { associationsByDefault, mainTablesOfRoutes } from './main-tables.ts';
import { PropertyBuilder } from './property-builder.ts';
import { externalTarget, TargetIndex } from './targets.ts';
import type { DerivedResource, Join, TypeMapping } from './type-mapping.ts';

export interface Translation {
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
}

/**
 * Says Terraform resources in CloudFormation's types and properties. Types without a counterpart stay as
 * `Terraform::<type>` with their arguments as they are, and are listed in a note per type.
 */
export function translate(resources: Iterable<TerraformResource>): Translation {
  const drafts: Draft[] = [];
  const pieces: { resource: TerraformResource; joins: readonly Join[] }[] = [];
  const unsupported = new Map<string, Draft[]>();
  for (const resource of resources) {
    const mapping = mappingOf(resource.type);
    const joins = joinsOf(resource.type);
    if (joins.length > 0) pieces.push({ resource, joins });
    else if (mapping) drafts.push(...mapped(resource, mapping));
    else {
      const draft = unmapped(resource);
      drafts.push(draft);
      const others = unsupported.get(resource.type);
      if (others) others.push(draft);
      else unsupported.set(resource.type, [draft]);
    }
  }
  const targets = new TargetIndex(drafts);
  for (const { resource, joins } of pieces) drafts.push(...joinPiece(resource, joins, targets));
  drafts.push(...mainTablesOfRoutes(drafts));
  drafts.push(...associationsByDefault(drafts));
  return {
    resources: [...drafts, ...targets.added].map(finished),
    notes: [...unsupported].flatMap(([type, found]) => unsupportedNote(type, found)),
  };
}

function mapped(resource: TerraformResource, mapping: TypeMapping): readonly Draft[] {
  const derived = mapping.derive?.(resource) ?? [];
  const drafts = derived.map((each, _index, everyone) =>
    derivedDraft(resource, each, mapping, everyone.length),
  );
  if (mapping.derivedOnly?.(resource)) return drafts;
  const builder = new PropertyBuilder();
  for (const [path, value] of Object.entries(mapping.constants ?? {}))
    builder.set(path, known(value, resource.span));
  applyFields(mapping.fields, mapping.prepare?.(resource) ?? resource.attributes, builder);
  applyDefaults(mapping.defaults ?? {}, builder, resource);
  return [
    {
      ...draftOf(resource, mapping.type, builder),
      attributes: factsOf(resource, mapping.secrets ?? []),
      knownAs: recordedIds(resource),
    },
    ...drafts,
  ];
}

/** A lone rule that a resource consists of keeps the resource's own address. */
function derivedDraft(
  resource: TerraformResource,
  derived: DerivedResource,
  mapping: TypeMapping,
  count: number,
): Draft {
  const alone = count === 1 && mapping.derivedOnly?.(resource);
  const address = alone ? resource.address : `${resource.address}#${derived.suffix}`;
  const builder = new PropertyBuilder();
  for (const [name, value] of derived.properties) builder.set(name, value);
  const exists = derived.maybe ? all([resource.exists, undecided(derived.maybe)]) : resource.exists;
  const source: TerraformResource = { ...resource, address, span: derived.span, exists };
  return draftOf(source, derived.type, builder);
}

function unmapped(resource: TerraformResource): Draft {
  const builder = new PropertyBuilder();
  for (const [name, value] of resource.attributes) builder.set(name, value);
  return { ...draftOf(resource, `Terraform::${resource.type}`, builder), attributes: factsOf(resource, []) };
}

/** A state records what AWS calls a resource; a secret never stands in these two. */
function recordedIds({ attributes, sensitive }: TerraformResource): readonly string[] {
  const names = ['id', 'arn'].filter((name) => !sensitive.includes(name));
  const ids = names.flatMap((name) => {
    const value = attributes.get(name);
    return (value && stringFrom(value)) || [];
  });
  return [...new Set(ids)];
}

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** A draft does not hold on to the arguments it was made from: plans are large. */
function draftOf(source: TerraformResource, type: string, builder: PropertyBuilder): Draft {
  return {
    source: { ...source, attributes: NOTHING },
    id: idOf(source.address),
    type,
    builder,
    attributes: new Map(),
    exists: source.exists,
    external: false,
  };
}

function applyDefaults(
  defaults: Readonly<Record<string, string | number | boolean | null>>,
  builder: PropertyBuilder,
  resource: TerraformResource,
): void {
  for (const [path, value] of Object.entries(defaults)) {
    if (builder.get(path) === undefined) builder.set(path, known(value, resource.span));
  }
}

/** What Terraform says beside the arguments, as attributes of the resource. */
function factsOf(resource: TerraformResource, secrets: readonly string[]): Map<string, Value> {
  const facts = new Map<string, Value>();
  const { span, attributes } = resource;
  if (resource.preventDestroy) facts.set('DeletionPolicy', known('Retain', span));
  else {
    const skips = written(attributes.get('skip_final_snapshot'));
    if (skips && booleanFrom(skips) !== undefined) {
      facts.set('DeletionPolicy', known(booleanFrom(skips) ? 'Delete' : 'Snapshot', skips.span));
    }
  }
  const stored = secretsIn(resource, secrets);
  if (stored.length > 0) facts.set('StoredInState', list(stored, span));
  if (resource.movedFrom.length > 0) {
    facts.set(
      'MovedFrom',
      list(
        resource.movedFrom.map((address) => known(idOf(address), span)),
        span,
      ),
    );
  }
  return facts;
}

/** Names of the arguments whose secret Terraform writes into its state, each standing where it is set. */
function secretsIn(resource: TerraformResource, secrets: readonly string[]): readonly Value[] {
  const kept = [...secrets, ...resource.sensitive].filter((name) => !name.endsWith('_wo'));
  return [...new Set(kept)].flatMap((name) => {
    const value = written(resource.attributes.get(name));
    return value ? [known(name, value.span)] : [];
  });
}

/** Merges a piece into the resource (or resources) it belongs to; gives what has to stand alone instead. */
function joinPiece(
  resource: TerraformResource,
  joins: readonly Join[],
  targets: TargetIndex,
): readonly Draft[] {
  const alone = mappingOf(resource.type);
  let isAlone = false;
  for (const join of joins) {
    const named = written(resource.attributes.get(join.into));
    for (const value of named?.kind === 'list' ? named.items : named ? [named] : []) {
      const target = targets.find(value, join.intoType);
      if (!target && alone) isAlone = true;
      else mergeInto(target ?? targets.add(externalTarget(resource, join, value)), resource, join);
    }
  }
  return isAlone && alone ? mapped(resource, alone) : [];
}

function mergeInto(target: Draft, resource: TerraformResource, join: Join): void {
  const piece = new PropertyBuilder();
  applyFields(join.fields, resource.attributes, piece);
  join.merge?.(resource.attributes, piece, resource.span);
  applyDefaults(join.defaults ?? {}, piece, resource);
  const condition = resource.exists.is === 'unknown' ? conditionOf(resource.exists.undecided) : undefined;
  target.builder.take(piece, resource.span, condition);
  const stored = secretsIn(resource, join.secrets ?? []);
  const earlier = target.attributes.get('StoredInState');
  if (stored.length > 0) {
    target.attributes.set(
      'StoredInState',
      list([...(earlier?.kind === 'list' ? earlier.items : []), ...stored], resource.span),
    );
  }
}

function conditionOf(open: readonly Value[]): string {
  return open.map(showValue).join(', ') || 'count';
}

function finished(draft: Draft): Resource {
  const { source } = draft;
  return {
    id: draft.id,
    type: draft.type,
    name: source.address,
    stack: source.module,
    properties: map(draft.builder.entries(source.span), source.span),
    span: source.span,
    basis: source.basis,
    exists: draft.exists,
    attributes: draft.attributes,
    dependsOn: source.dependsOn.map(idOf),
    external: draft.external,
    ...(draft.knownAs?.length ? { knownAs: draft.knownAs } : {}),
  };
}

/** Providers whose resources are no part of an AWS environment say nothing about it. */
function unsupportedNote(type: string, found: readonly Draft[]): readonly NotAnalysed[] {
  const [first] = found;
  if (!first || !type.startsWith('aws_')) return [];
  return [
    {
      kind: 'unsupported',
      what: type,
      reason: text(
        `${found.length} × ${type}: this type is not judged (${found
          .map((each) => each.source.address)
          .slice(0, 5)
          .join(', ')}${found.length > 5 ? ', …' : ''})`,
        `${type} × ${found.length}: この型は判定しません(${found
          .map((each) => each.source.address)
          .slice(0, 5)
          .join('、')}${found.length > 5 ? '…' : ''})`,
      ),
      source: placeOf(first.source.span),
    },
  ];
}
