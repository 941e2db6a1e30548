import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { Moved } from './moved.ts';
import type { OwnAssetKind } from './register.ts';
import type { Interval } from './risk.ts';

/** `application`: this is one part of an account. `account`: this is all there is. */
export type Scope = 'application' | 'account';

/** What people declare about an asset in `honmaru.yaml`. */
export interface AssetDeclaration {
  /** A resource id, or its logical name. */
  readonly resource: string;
  readonly confidentiality?: number;
  readonly integrity?: number;
  readonly availability?: number;
  /** 管理者: who manages it. */
  readonly manager?: string;
  /** What it holds, in the owner's words. */
  readonly holds?: string;
  /** Where it is declared. */
  readonly source?: Place;
}

/** What people declare about a safeguard that no file shows (a process, a repository setting). */
export interface DeclaredSafeguard {
  readonly safeguard: string;
  /** A resource id or logical name; without it, every place where the state is otherwise unknown. */
  readonly resource?: string;
  readonly state: 'on' | 'partial' | 'off';
  /** What is done, in the declarer's words. */
  readonly says?: string;
  /** Where it is declared. */
  readonly source?: Place;
}

/** A `moved:` entry as it is written: ids, or bare logical names. */
export interface DeclaredMove extends Moved {
  readonly source?: Place;
}

/** The content of `honmaru.yaml`. */
export interface Declaration {
  readonly name?: string;
  readonly scope: Scope;
  /** 事業責任者: who decides. */
  readonly owner?: string;
  /** Where the owner is declared. */
  readonly ownerSource?: Place;
  /** `one`: the owner works alone and approves own proposals (自己承認). */
  readonly team?: 'one';
  readonly parameters: ReadonlyMap<string, string>;
  readonly assets: readonly AssetDeclaration[];
  readonly safeguards?: readonly DeclaredSafeguard[];
  readonly moved?: readonly DeclaredMove[];
}

export type AssetKind = 'database' | 'storage' | 'server' | 'secret' | 'key' | 'account' | OwnAssetKind;

/** One way by which the internet comes to an asset. */
export interface AssetReach {
  /** Ids of the resources on the way, from the edge to the asset itself. */
  readonly through: readonly string[];
  /** False when something undecided lies on it. */
  readonly decided: boolean;
}

/** Somebody whom the policies of the environment let into an asset. */
export interface AssetPrincipal {
  /** The id of the role or user, or `*` for anybody. */
  readonly principal: string;
  readonly may: Text;
  readonly decided: boolean;
}

/** One line of the asset inventory (情報資産管理台帳). */
export interface Asset {
  readonly resource: string;
  readonly name: string;
  readonly type: string;
  readonly kind: AssetKind;
  readonly confidentiality: Interval;
  readonly integrity: Interval;
  readonly availability: Interval;
  /** The highest of the three. */
  readonly importance: Interval;
  /** True when a class is a guess to confirm (仮定). */
  readonly assumed: boolean;
  readonly manager?: string;
  readonly holds?: string;
  /** Who answers for it in the business, where that is said of the asset by itself. */
  readonly owner?: string;
  /** Where it is kept, for an asset that people entered by hand. */
  readonly location?: string;
  /** Whether the internet reaches it, and through what. */
  readonly reachedFrom: Text;
  /** The same as ids: each network source that reaches it, with the path. */
  readonly reachedBy?: readonly AssetReach[];
  /** Roles and users whose policies let them read or change it. */
  readonly principals?: readonly AssetPrincipal[];
  /** Entered by hand: no template shows it. */
  readonly byHand?: true;
  readonly source?: Place;
}
