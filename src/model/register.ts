import type { Place } from '../kernel/source-file.ts';
import type { Response } from './risk.ts';
import type { Effect, Factor, PriceClass } from './safeguard.ts';

/** The file in which people enter what no template shows, beside `honmaru.yaml`. */
export const REGISTER_NAME = 'honmaru.assets.yaml';

/** Stands on the path of an entered risk for measures of which nothing is said. */
export const UNSTATED = 'own-unstated';

/** What kind of thing an asset is that no template shows. */
export const OWN_ASSET_KINDS = [
  'pc',
  'mobile',
  'paper',
  'media',
  'office',
  'partner',
  'service',
  'other',
] as const;
export type OwnAssetKind = (typeof OWN_ASSET_KINDS)[number];

/** An asset that people entered by hand (情報資産管理台帳): a PC, paper, a partner company. */
export interface OwnAsset {
  /** `own:<key>`; the key stands in the file and stays the same when the name changes. */
  readonly id: string;
  readonly name: string;
  readonly kind: OwnAssetKind;
  /** 1 to 3; what is not stated is unknown, from 1 to 3. */
  readonly confidentiality?: number;
  readonly integrity?: number;
  readonly availability?: number;
  /** What it holds, in the owner's words. */
  readonly holds?: string;
  /** Where it is kept. */
  readonly location?: string;
  /** 管理者: who manages it. */
  readonly manager?: string;
  /** Who answers for it in the business. */
  readonly owner?: string;
  /** Who can reach it, in the owner's words. */
  readonly reachedBy?: string;
  readonly source: Place;
}

export type OwnMeasureState = 'on' | 'partial' | 'off' | 'unknown' | 'planned';

/** One thing that is done, or planned, against a risk that people entered by hand. */
export interface OwnMeasure {
  readonly name: string;
  readonly effect: Effect;
  readonly state: OwnMeasureState;
  /** The asset at which it stands: its key, or a resource's id or name (default: the risk's first asset). */
  readonly at?: string;
  readonly price?: PriceClass;
  readonly source: Place;
}

/** A risk that people entered by hand. Its score follows from these statements by the same method as the others. */
export interface OwnRisk {
  /** The key in the file; with it the risk's id stays the same when its texts change. */
  readonly key: string;
  readonly title: string;
  readonly factor: Factor;
  readonly cause: string;
  readonly event: string;
  readonly effect: string;
  /** Keys of own assets, or ids or names of resources. */
  readonly assets: readonly OwnAssetName[];
  /** T, 1 to 3; unknown when it is not stated. */
  readonly threat?: number;
  /** What is done against it; when nothing is stated it is unknown how open the way is. */
  readonly measures?: readonly OwnMeasure[];
  readonly response?: Response;
  readonly reason?: string;
  readonly source: Place;
}

/** The name of an asset as it stands in the file, with its place. */
export interface OwnAssetName {
  readonly name: string;
  readonly source: Place;
}

/** The content of `honmaru.assets.yaml`. */
export interface Register {
  readonly assets: readonly OwnAsset[];
  readonly risks: readonly OwnRisk[];
}
