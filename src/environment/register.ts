import { child, type DocumentNode, type MapEntry } from '../kernel/document.ts';
import type { ProblemDetails } from '../kernel/errors.ts';
import type { SourceFile } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import {
  OWN_ASSET_KINDS,
  type OwnAsset,
  type OwnAssetName,
  type OwnMeasure,
  type OwnMeasureState,
  type OwnRisk,
  REGISTER_NAME,
  type Register,
} from '../model/register.ts';
import type { Response } from '../model/risk.ts';
import type { Effect, Factor, PriceClass } from '../model/safeguard.ts';
import { FieldReader } from './field-reader.ts';

export const REGISTER_SCHEMA = 'honmaru.assets/1';

export const FACTORS: readonly Factor[] = ['vulnerability', 'credential-leak', 'overload', 'human-error'];
export const EFFECTS: readonly Effect[] = ['block', 'hinder', 'detect', 'limit'];
export const MEASURE_STATES: readonly OwnMeasureState[] = ['on', 'partial', 'off', 'unknown', 'planned'];
export const RESPONSES: readonly Response[] = ['accept', 'reduce', 'transfer', 'avoid'];
export const PRICES: readonly PriceClass[] = [
  'free',
  'a-few-dollars',
  'tens-of-dollars',
  'hundreds-of-dollars',
  'thousands-of-dollars',
];

const FIELDS = ['schema', 'assets', 'risks'];
const LEVELS = ['confidentiality', 'integrity', 'availability'] as const;
const WORDS = ['holds', 'location', 'manager', 'owner', 'reachedBy'] as const;
const ASSET_FIELDS = ['name', 'kind', ...LEVELS, ...WORDS];
const RISK_FIELDS = [
  'title',
  'factor',
  'cause',
  'event',
  'effect',
  'assets',
  'threat',
  'measures',
  'response',
  'reason',
];
const MEASURE_FIELDS = ['name', 'effect', 'state', 'at', 'price'];

/** Keys name assets and risks for good, in commands and in ids: short words without spaces. */
export const KEY_FORM = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What `honmaru.assets.yaml` says. */
export interface RegisterReading extends Register {
  readonly problems: readonly ProblemDetails[];
}

/**
 * Reads the assets and risks that people entered by hand. What is wrong in the file is told with its line
 * and left out.
 */
export function readRegister(file: SourceFile, root: DocumentNode): RegisterReading {
  const reader = new FieldReader(file);
  reader.fields(root, REGISTER_NAME, FIELDS);
  checkSchema(reader, child(root, 'schema'));
  const assets = reader.entries(child(root, 'assets'), 'assets');
  const risks = reader.entries(child(root, 'risks'), 'risks');
  return {
    assets: assets.flatMap((entry) => assetFrom(reader, entry)),
    risks: risks.flatMap((entry) => riskFrom(reader, entry)),
    problems: reader.problems,
  };
}

function checkSchema(reader: FieldReader, node: DocumentNode | undefined): void {
  if (!node || (node.kind === 'scalar' && node.value === REGISTER_SCHEMA)) return;
  const message = text(
    `the schema must be ${REGISTER_SCHEMA}; this file may come from a newer version`,
    `schema は ${REGISTER_SCHEMA} でなければなりません。新しい版のファイルかもしれません`,
  );
  reader.problem(node.start, message);
}

function isKey(reader: FieldReader, { key, keyStart }: MapEntry): boolean {
  if (KEY_FORM.test(key)) return true;
  reader.problem(
    keyStart,
    text(
      `"${key.slice(0, 64)}" cannot be a key: small letters, digits and hyphens, at most 63`,
      `「${key.slice(0, 64)}」はキーにできません。英小文字・数字・ハイフンで63文字までです`,
    ),
    text(
      'write the name that people read into the field name or title',
      '表示名は name や title に書いてください',
    ),
  );
  return false;
}

function assetFrom(reader: FieldReader, entry: MapEntry): readonly OwnAsset[] {
  const { key, keyStart, value: node } = entry;
  if (!isKey(reader, entry)) return [];
  reader.fields(node, `assets.${key}`, ASSET_FIELDS);
  if (node.kind !== 'map') return [];
  const asset: { -readonly [K in keyof OwnAsset]: OwnAsset[K] } = {
    id: `own:${key}`,
    name: reader.text(node, 'name') ?? key,
    kind: reader.word(node, 'kind', OWN_ASSET_KINDS) ?? 'other',
    source: reader.place(keyStart),
  };
  for (const name of LEVELS) {
    const level = reader.level(node, name);
    if (level !== undefined) asset[name] = level;
  }
  for (const name of WORDS) {
    const value = reader.text(node, name);
    if (value !== undefined) asset[name] = value;
  }
  return [asset];
}

function riskFrom(reader: FieldReader, entry: MapEntry): readonly OwnRisk[] {
  const { key, keyStart, value: node } = entry;
  if (!isKey(reader, entry)) return [];
  reader.fields(node, `risks.${key}`, RISK_FIELDS);
  if (node.kind !== 'map') return [];
  const title = reader.needed(node, 'title');
  const cause = reader.needed(node, 'cause');
  const event = reader.needed(node, 'event');
  const effect = reader.needed(node, 'effect');
  const factor = reader.needed(node, 'factor') && reader.word(node, 'factor', FACTORS);
  if (!title || !cause || !event || !effect || !factor) return [];
  const threat = reader.level(node, 'threat');
  const response = reader.word(node, 'response', RESPONSES);
  const reason = reader.text(node, 'reason');
  const measures = child(node, 'measures')
    ? reader.items(node, 'measures').flatMap((each) => measureFrom(reader, each))
    : undefined;
  return [
    {
      key,
      title,
      factor,
      cause,
      event,
      effect,
      assets: assetNames(reader, node),
      ...(threat === undefined ? {} : { threat }),
      ...(measures === undefined ? {} : { measures }),
      ...(response === undefined ? {} : { response }),
      ...(reason === undefined ? {} : { reason }),
      source: reader.place(keyStart),
    },
  ];
}

function assetNames(reader: FieldReader, node: DocumentNode): readonly OwnAssetName[] {
  const names = reader.items(node, 'assets').flatMap((item) => {
    const name = reader.textOf(item, 'assets');
    return name === undefined ? [] : [{ name, source: reader.place(item.start) }];
  });
  if (names.length === 0) {
    reader.problem(
      node.start,
      text('the risk names no asset', 'リスクに資産が書かれていません'),
      text('write assets: [KEY]', 'assets: [キー] と書いてください'),
    );
  }
  return names;
}

function measureFrom(reader: FieldReader, node: DocumentNode): readonly OwnMeasure[] {
  reader.fields(node, 'measures', MEASURE_FIELDS);
  if (node.kind !== 'map') return [];
  const name = reader.needed(node, 'name');
  const effect = reader.needed(node, 'effect') && reader.word(node, 'effect', EFFECTS);
  if (!name || !effect) return [];
  const at = reader.text(node, 'at');
  const price = reader.word(node, 'price', PRICES);
  return [
    {
      name,
      effect,
      // A measure of which nobody says that it works is not taken to work.
      state: reader.word(node, 'state', MEASURE_STATES) ?? 'unknown',
      ...(at === undefined ? {} : { at }),
      ...(price === undefined ? {} : { price }),
      source: reader.place(node.start),
    },
  ];
}
