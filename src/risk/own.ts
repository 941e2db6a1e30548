import { isDeclared, type ResourceGraph } from '../environment/graph.ts';
import { PRICES } from '../environment/register.ts';
import { stableId } from '../kernel/ids.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/source-file.ts';
import { type Text, text, verbatim } from '../kernel/texts.ts';
import type { AssessedResource, NotAnalysed } from '../model/assessment.ts';
import type { Asset } from '../model/declaration.ts';
import { type OwnAsset, type OwnMeasure, type OwnRisk, type Register, UNSTATED } from '../model/register.ts';
import type {
  AssetReached,
  AttackPath,
  Guard,
  Interval,
  PathStep,
  Proposal,
  Risk,
  Scoring,
} from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { assetsReached, highest, importanceOf } from './assets.ts';
import { cutOf, loweringOf } from './cut.ts';
import { bandOf, scoresOf, valueAt } from './score.ts';
import { threat } from './threat.ts';

/** The rule of risks that people entered by hand; it stands behind the rules of the method's list. */
export const OWN_RULE = { id: 'own', number: 1000 } as const;

/** The id of an entered risk: of its key alone, so that its texts may change. */
export function ownRiskId(key: string): string {
  return stableId(OWN_RULE.id, key);
}

/** What people entered by hand, in the words of an assessment. */
export interface OwnEntries {
  readonly resources: readonly AssessedResource[];
  readonly assets: readonly Asset[];
  readonly risks: readonly Risk[];
  /** Names in the register that mean nothing. */
  readonly notes: readonly NotAnalysed[];
}

/**
 * The assets and risks of the register beside those of the graph. A risk is scored by the method's own
 * rules from what its author stated: A from the classes of its assets, T as stated, V from its measures.
 */
export function ownEntries(graph: ResourceGraph, register: Register): OwnEntries {
  const notes: NotAnalysed[] = [];
  const names = nameTable(graph, register);
  return {
    resources: register.assets.map(resourceFrom),
    assets: register.assets.map(assetLine),
    risks: register.risks.map((risk) => riskFrom(risk, names, (note) => notes.push(note))),
    notes,
  };
}

function resourceFrom(asset: OwnAsset): AssessedResource {
  return {
    id: asset.id,
    type: typeOf(asset),
    name: asset.name,
    basis: 'declared',
    existence: 'certain',
    source: asset.source,
  };
}

/** `Own::Pc`, beside the pseudo-types of the graph. */
function typeOf({ kind }: OwnAsset): string {
  return `Own::${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function assetLine(asset: OwnAsset): Asset {
  const { id, name, kind, holds, location, manager, owner, source } = asset;
  const confidentiality = stated(asset.confidentiality);
  const integrity = stated(asset.integrity);
  const availability = stated(asset.availability);
  return {
    resource: id,
    name,
    type: typeOf(asset),
    kind,
    confidentiality,
    integrity,
    availability,
    importance: highest([confidentiality, integrity, availability]),
    assumed: isAssumed(asset),
    ...(manager === undefined ? {} : { manager }),
    ...(owner === undefined ? {} : { owner }),
    ...(holds === undefined ? {} : { holds }),
    ...(location === undefined ? {} : { location }),
    reachedFrom: asset.reachedBy === undefined ? NOT_SAID : verbatim(asset.reachedBy),
    byHand: true,
    source,
  };
}

const NOT_SAID = text('who can reach it is not declared', 'アクセスできる者は未記入');

function stated(level: number | undefined): Interval {
  return level === undefined ? { low: 1, high: 3 } : { low: level, high: level };
}

function isAssumed({ confidentiality, integrity, availability }: OwnAsset): boolean {
  return [confidentiality, integrity, availability].includes(undefined);
}

/** What a name in the register can mean: keys of own assets, ids and names of resources. */
type NameTable = ReadonlyMap<string, AssetReached>;

function nameTable(graph: ResourceGraph, register: Register): NameTable {
  const table = new Map<string, AssetReached>();
  for (const resource of graph.resources.filter(isDeclared)) {
    const [asset] = assetsReached(graph, [resource]);
    if (!asset) continue;
    table.set(resource.id, asset);
    if (!table.has(resource.name)) table.set(resource.name, asset);
  }
  for (const asset of register.assets) {
    const importance = highest([asset.confidentiality, asset.integrity, asset.availability].map(stated));
    const reached = { resource: asset.id, importance, assumed: isAssumed(asset) };
    table.set(asset.id, reached);
    table.set(asset.id.slice('own:'.length), reached);
  }
  return table;
}

function riskFrom(risk: OwnRisk, names: NameTable, report: (note: NotAnalysed) => void): Risk {
  const find = (name: string, source: Place): AssetReached | undefined => {
    const found = names.get(name);
    if (!found) report(unknownName(name, source, names));
    return found;
  };
  const reached = risk.assets.flatMap(({ name, source }) => find(name, source) ?? []);
  const assets = [...new Map(reached.map((each) => [each.resource, each])).values()];
  const at = assets[0]?.resource ?? `own:${risk.key}`;
  const guards = (risk.measures ?? []).map((measure) => {
    const place = measure.at === undefined ? at : (find(measure.at, measure.source)?.resource ?? at);
    return guardFrom(measure, place);
  });
  const detecting = guards.filter(({ effect }) => effect === 'detect');
  const path = pathFrom(risk, at, guards);
  const scoring: Scoring = {
    importance: importanceOf(assets),
    ...threatOf(risk),
    limits: guards.filter(({ effect }) => effect === 'limit'),
    paths: [path],
  };
  return {
    id: ownRiskId(risk.key),
    rule: OWN_RULE.id,
    number: OWN_RULE.number,
    title: verbatim(risk.title),
    statement: { cause: verbatim(risk.cause), event: verbatim(risk.event), effect: verbatim(risk.effect) },
    factor: risk.factor,
    assets,
    path: path.steps,
    cut: cutOf(path),
    scoring,
    ...scoresOf(scoring),
    seenBy: detecting,
    lowering: loweringOf(scoring).filter((set) => set.every(({ id }) => id !== UNSTATED)),
    proposal: proposalOf(risk, scoring),
    evidence: [{ kind: 'fact', id: `own:${risk.key}`, because: ENTERED, source: risk.source }],
  };
}

const ENTERED = text('entered by hand', '手入力による記載');

function threatOf({ threat: level }: OwnRisk): Pick<Scoring, 'threat' | 'threatReason'> {
  if (level === undefined) {
    const reason = text('how readily it occurs was not stated', '起こりやすさは未記入');
    return { threat: { low: 1, high: 3 }, threatReason: reason };
  }
  const { en, ja } = threat(level === 1 ? 1 : level === 2 ? 2 : 3).reason;
  return {
    threat: { low: level, high: level },
    threatReason: text(`as stated: ${en}`, `記載による: ${ja}`),
  };
}

/** One step per place at which measures stand, the first asset last. */
function pathFrom(risk: OwnRisk, at: string, guards: readonly Guard[]): AttackPath {
  const standing = guards.filter(({ effect }) => effect === 'block' || effect === 'hinder');
  const unstated: Guard = {
    safeguard: UNSTATED,
    place: at,
    effect: 'block',
    state: 'unknown',
    proposed: false,
  };
  const all = risk.measures === undefined ? [unstated] : standing;
  const places = [...new Set(all.map(({ place }) => place))].filter((place) => place !== at);
  const step = (resource: string, what: Text): PathStep => ({
    resource,
    what,
    source: risk.source,
    guards: all.filter(({ place }) => place === resource),
  });
  return {
    decided: true,
    steps: [...places.map((place) => step(place, verbatim(risk.cause))), step(at, verbatim(risk.event))],
  };
}

function guardFrom({ name, effect, state }: OwnMeasure, place: string): Guard {
  const planned = state === 'planned';
  const now: SafeguardState = planned ? 'off' : state;
  return { safeguard: `own:${name}`, place, effect, state: now, proposed: planned && effect !== 'detect' };
}

function proposalOf(risk: OwnRisk, scoring: Scoring): Proposal {
  const guards = [
    ...scoring.paths.flatMap(({ steps }) => steps.flatMap((step) => step.guards)),
    ...scoring.limits,
  ];
  const planned = guards.filter(({ proposed }) => proposed);
  const prices = (risk.measures ?? [])
    .filter(({ state }) => state === 'planned')
    .map(({ price }) => (price === undefined ? -1 : PRICES.indexOf(price)));
  const price = PRICES[Math.max(-1, ...prices)];
  const low = bandOf(valueAt(scoring, 'current').high) === 'low';
  return {
    response: risk.response ?? (low && planned.length === 0 ? 'accept' : 'reduce'),
    safeguards: planned.map(({ safeguard, place }) => ({ id: safeguard, place })),
    reason: reasonOf(risk, scoring, planned, low),
    ...(price === undefined ? {} : { price }),
  };
}

function reasonOf(risk: OwnRisk, scoring: Scoring, planned: readonly Guard[], low: boolean): Text {
  if (risk.reason !== undefined) return verbatim(risk.reason);
  if (planned.length === 0) return low ? ALREADY_LOW : NOTHING_PLANNED;
  const before = valueAt(scoring, 'current').high;
  const after = valueAt(scoring, 'target').high;
  if (before === after && scoring.importance.high >= 3) {
    return text(
      `planned; the importance of the asset (3) keeps the value at ${after}`,
      `計画中。資産の重要度が3のため、リスク値は${after}のまま`,
    );
  }
  return text(
    `planned: the value falls from ${before} to ${after}`,
    `計画中。リスク値が${before}から${after}になる`,
  );
}

const ALREADY_LOW = text(
  'the value is low already; watch that it stays so',
  'すでに低い水準。維持されていることを見守る',
);
const NOTHING_PLANNED = text(
  'no measure is planned yet: state one, or decide whether to bear it',
  '計画している対策がない。対策を記載するか、受け入れるかどうかを判断する',
);

function unknownName(name: string, source: Place, names: NameTable): NotAnalysed {
  const known = [...names.keys()];
  const meant = nearest(name, known);
  return {
    kind: 'input',
    what: name,
    reason: text(`there is no asset "${name}"`, `「${name}」という資産はありません`),
    remedy: meant
      ? text(`did you mean "${meant}"?`, `「${meant}」のことですか`)
      : text(
          'write the key of an asset of this file, or the name of a resource',
          'このファイルの資産のキーか、リソースの名前を書いてください',
        ),
    source,
  };
}
