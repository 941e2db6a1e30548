import type { Language } from '../../kernel/texts.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { KeyFact } from '../../model/key-fact.ts';
import type { EnvironmentMap, Patch, ReportFormat } from '../contract.ts';

export type Picture = Omit<EnvironmentMap, 'revision'>;
/** The formats that are written without another program. */
export type TextFormat = Exclude<ReportFormat, 'pdf'>;

/** Everything that is made from the graph of a state. The graph stays where the state was assessed. */
export interface Desk {
  picture(language: Language): Promise<Picture>;
  /** The key of the box in which each resource, or what it is a part of, stands. */
  boxes(): Promise<ReadonlyMap<string, string>>;
  /** How a safeguard is put on at a place; undefined where it does not attach, or no file can hold it. */
  patch(safeguard: string, place: string): Promise<Patch | undefined>;
  /** A report about the state with what was decided since. */
  report(format: TextFormat, language: Language, decisions: readonly RiskDecision[]): Promise<string>;
  /** Names of what keeps its data under a key. */
  usersOfKey(key: KeyFact): Promise<readonly string[]>;
  /** Nothing more will be asked. */
  release(): void;
}
