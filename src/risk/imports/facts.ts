import type { Control } from '../../controls/control.ts';
import type { ForeignCatalogue } from '../../controls/foreign/index.ts';
import type { ImportedResources, Match } from '../../environment/imported-resources.ts';
import { stableId } from '../../kernel/ids.ts';
import type { Finding, Severity } from '../../model/finding.ts';
import type { FindingSource, ForeignFact, ImportedFinding } from '../../model/imported.ts';
import type { ForeignFinding } from '../../sources/findings/index.ts';
import { type Theme, themeOf } from './themes.ts';

/** A fact before it belongs to a decision. */
export interface Fact extends ImportedFinding {
  readonly kind: ForeignFinding['kind'];
  /** What its control is about. */
  readonly theme?: Theme;
  /** Why it has no resource of the graph. */
  readonly missing?: 'absent' | 'several' | 'other-account';
}

export interface FactContext {
  readonly environment: string;
  readonly catalogue: ForeignCatalogue;
  readonly resources: ImportedResources;
  readonly findings: readonly Finding[];
}

/**
 * The facts of what tools found: findings of the same control on the same resource are one fact, whoever
 * found it, and our own finding of it is named.
 */
export function factsOf(foreign: readonly ForeignFinding[], context: FactContext): readonly Fact[] {
  const own = new Map(context.findings.map((finding) => [`${finding.control} ${finding.resource}`, finding]));
  const gathered = new Map<string, Gathered>();
  for (const finding of foreign) {
    const place = placed(finding, context);
    const before = gathered.get(place.key);
    if (before) before.findings.push(finding);
    else gathered.set(place.key, { ...place, findings: [finding] });
  }
  return [...gathered.values()].map((each) => factFrom(each, context.environment, own));
}

interface Placed {
  /** What the fact is and where. */
  readonly key: string;
  readonly named: string;
  readonly control: Control | undefined;
  readonly match: Match;
}

interface Gathered extends Placed {
  readonly findings: ForeignFinding[];
}

function placed(finding: ForeignFinding, { catalogue, resources }: FactContext): Placed {
  const controls = catalogue.controlsOf(finding.checks);
  const types = controls.flatMap((control) => control.resourceTypes);
  const match = resources.find(finding.resource, types);
  const type = match.resource?.type;
  const control = controls.find(({ resourceTypes }) => type && resourceTypes.includes(type)) ?? controls[0];
  const named = nameIn(finding);
  const what = control
    ? `control ${control.id}`
    : `${finding.tool} ${finding.checks[0] ?? ''} ${detailOf(finding)}`;
  return { key: `${what} @ ${match.resource?.id ?? named}`, named, control, match };
}

/** Two packages with the same flaw on one host are two facts; their titles name them. */
function detailOf(finding: ForeignFinding): string {
  return finding.kind === 'package' || finding.kind === 'other' ? finding.title : '';
}

function nameIn({ resource }: ForeignFinding): string {
  const [name] = resource.names;
  if (name !== undefined) return name;
  if (resource.file === undefined) return '';
  return resource.line === undefined ? resource.file : `${resource.file}:${resource.line}`;
}

function factFrom(each: Gathered, environment: string, own: ReadonlyMap<string, Finding>): Fact {
  const { control, match, named } = each;
  const sources = each.findings.map(sourceOf);
  const failing = sources.filter(({ fact }) => fact === 'fail');
  const ours = control && match.resource ? own.get(`${control.id} ${match.resource.id}`) : undefined;
  return {
    id: stableId('imported', environment, each.key),
    title: (failing[0] ?? sources[0])?.title ?? '',
    severity: worst((failing.length > 0 ? failing : sources).map(({ severity }) => severity)),
    fact: factAmong(sources),
    named,
    ...(match.resource ? { resource: match.resource.id } : { missing: match.why }),
    ...(control ? { control: control.id, theme: themeOf(control.title.en) } : {}),
    ...(ours ? { finding: ours.id, own: ours.status } : {}),
    risks: [],
    sources,
    kind: each.findings[0]?.kind ?? 'other',
  };
}

function sourceOf(finding: ForeignFinding): FindingSource {
  const { tool, uid, title, severity, fact, handling, says, source } = finding;
  return { tool, check: finding.checks[0] ?? '', uid, title, severity, fact, handling, says, source };
}

function factAmong(sources: readonly FindingSource[]): ForeignFact {
  if (sources.some(({ fact }) => fact === 'fail')) return 'fail';
  return sources.some(({ fact }) => fact === 'undecided') ? 'undecided' : 'pass';
}

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** The worst of some severities. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((each) => severities.includes(each)) ?? 'informational';
}

/** Orders by severity, the worst first. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
