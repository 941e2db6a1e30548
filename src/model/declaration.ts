import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
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

/** The content of `honmaru.yaml`. */
export interface Declaration {
  readonly name?: string;
  readonly scope: Scope;
  /** 事業責任者: who decides. */
  readonly owner?: string;
  /** `one`: the owner works alone and approves own proposals (自己承認). */
  readonly team?: 'one';
  readonly parameters: ReadonlyMap<string, string>;
  readonly assets: readonly AssetDeclaration[];
  readonly safeguards?: readonly DeclaredSafeguard[];
}

export type AssetKind = 'database' | 'storage' | 'server' | 'secret' | 'key' | 'account';

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
  /** Whether the internet reaches it, and through what. */
  readonly reachedFrom: Text;
}
