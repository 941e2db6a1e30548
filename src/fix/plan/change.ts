import type { Place } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import type { SafeguardState } from '../../model/safeguard.ts';
import type { Safeguard } from '../../safeguards/safeguard.ts';
import type { DeployEffect } from '../deploy/effects.ts';
import type { RunbookStep } from '../deploy/runbook.ts';

/**
 * What comes of a safeguard that is missing at a place: an edit of the files; a migration that people do, as an
 * edit would lose data; something that must be said first; a place where no edit is certain; work that no file
 * can hold; or nothing, as it is not decided whether it is missing at all.
 */
export type Outcome = 'edit' | 'migration' | 'needs' | 'refused' | 'by-hand' | 'undecided';

/** One safeguard that is off, partial or undecided at one place. */
export interface Candidate {
  /** `waf@cfn:web/LoadBalancer`. */
  readonly id: string;
  readonly safeguard: Safeguard;
  readonly place: Resource;
  readonly state: SafeguardState;
  readonly because: Text;
  /** Whether an expression that nobody can decide here stands where the safeguard is set. */
  readonly hasOpenValue: boolean;
  /** Where the fact that decides the state is written. */
  readonly source?: Place;
}

/** What is done about a candidate. */
export interface Change {
  readonly id: string;
  readonly safeguard: string;
  readonly name: Text;
  readonly place: string;
  readonly placeName: string;
  readonly state: SafeguardState;
  readonly outcome: Outcome;
  readonly summary: Text;
  /** The edits that are made; empty unless the outcome is `edit` or `migration` (what protects the data first). */
  readonly edits: readonly Edit[];
  /** What must hold before it is deployed. */
  readonly first: readonly Text[];
  /** What a person runs: no template can declare it. */
  readonly commands: readonly string[];
  readonly deploy: readonly DeployEffect[];
  readonly runbook?: readonly RunbookStep[];
  /** Why there is no edit, or only a part of one. */
  readonly reason?: Text;
  /** The place where the reason is written. */
  readonly where?: Place;
}

/** What people said about the things that no file tells. */
export interface Answers {
  readonly domain?: string;
  readonly hostedZone?: string;
  readonly email?: string;
  /** Values of other names that remedies ask for (`--set NAME=VALUE`). */
  readonly values: ReadonlyMap<string, string>;
  /** Ids of the safeguards whose costs were accepted by name. */
  readonly acceptedCosts: ReadonlySet<string>;
}
