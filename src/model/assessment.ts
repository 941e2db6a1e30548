import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { RiskDecision } from './decision.ts';
import type { Asset, Scope } from './declaration.ts';
import type { DriftReport } from './drift.ts';
import type { Finding } from './finding.ts';
import type { Imports } from './imported.ts';
import type { Moved } from './moved.ts';
import type { Remedy } from './remedy.ts';
import type { Basis } from './resource.ts';
import type { Risk } from './risk.ts';
import type { SafeguardReport } from './safeguard.ts';

/** Something that could not be decided, where it is written and why. */
export interface UnknownFact {
  readonly resource: string;
  readonly property: string;
  readonly expression: string;
  readonly why: Text;
  readonly source?: Place;
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

/** How a safeguard that is proposed is put on at its place. */
export interface PlacedPatch extends Remedy {
  readonly safeguard: string;
  readonly place: string;
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
    /** Renames that people declared; ids of findings and risks rest on the first name. */
    readonly moved?: readonly Moved[];
    readonly unknowns: readonly UnknownFact[];
  };
  readonly findings: readonly Finding[];
  readonly safeguards: readonly SafeguardReport[];
  readonly risks: readonly Risk[];
  /** Where each risk stands, in the order of `risks`; then decisions about risks that are gone. */
  readonly decisions?: readonly RiskDecision[];
  readonly assets: readonly Asset[];
  /** The patches of what the risks' proposals name, each once; only in reports. */
  readonly patches?: readonly PlacedPatch[];
  /** What other tools found, where their findings were given. */
  readonly imports?: Imports;
  /** Where the account is not as declared, where templates and a snapshot were given together. */
  readonly drift?: DriftReport;
  readonly coverage: {
    /** Ids of the resources that at least one control, safeguard or risk rule looked at. */
    readonly analysed: readonly string[];
    readonly notAnalysed: readonly NotAnalysed[];
  };
}
