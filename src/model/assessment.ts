import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { Asset, Scope } from './declaration.ts';
import type { Finding } from './finding.ts';
import type { Basis } from './resource.ts';
import type { Risk } from './risk.ts';
import type { SafeguardReport } from './safeguard.ts';

/** Something that could not be decided, where it is written and why. */
export interface UnknownFact {
  readonly resource: string;
  readonly property: string;
  readonly expression: string;
  readonly why: Text;
  readonly source: Place;
}

/** Something that was not read or not judged; `input` problems make the program exit with 2. */
export interface NotAnalysed {
  readonly kind: 'input' | 'unsupported' | 'outside';
  /** The file, resource or service concerned. */
  readonly what: string;
  readonly reason: Text;
  readonly remedy?: Text;
  readonly source?: Place;
}

export interface AssessedResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly basis: Basis;
  /** `maybe` below an undecided condition. */
  readonly existence: 'certain' | 'maybe';
  readonly source?: Place;
}

/** The whole answer of `assess`; its JSON form is described by docs/schemas/assessment.schema.json. */
export interface Assessment {
  readonly schema: 'honmaru.assessment/1';
  readonly tool: { readonly name: 'honmaru'; readonly version: string };
  /** ISO 8601. */
  readonly assessedAt: string;
  readonly environment: {
    readonly name: string;
    readonly scope: Scope;
    readonly owner?: string;
    /** The owner works alone: own proposals are self-approved. */
    readonly team?: 'one';
    readonly resources: readonly AssessedResource[];
    readonly unknowns: readonly UnknownFact[];
  };
  readonly findings: readonly Finding[];
  readonly safeguards: readonly SafeguardReport[];
  readonly risks: readonly Risk[];
  readonly assets: readonly Asset[];
  readonly coverage: {
    /** Ids of the resources that at least one control, safeguard or risk rule looked at. */
    readonly analysed: readonly string[];
    readonly notAnalysed: readonly NotAnalysed[];
  };
}
