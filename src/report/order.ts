import { compare, compareNatural } from '../kernel/order.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding, FindingStatus, Severity } from '../model/finding.ts';
import type { Band, Risk } from '../model/risk.ts';

const STATUSES: readonly FindingStatus[] = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** Worst first: by the upper end of the current value, as an unknown is never safe. */
export function worstFirst(risks: readonly Risk[]): readonly Risk[] {
  return risks.toSorted(
    (a, b) =>
      b.current.high - a.current.high ||
      b.current.low - a.current.low ||
      b.inherent.high - a.inherent.high ||
      a.number - b.number ||
      compare(a.id, b.id),
  );
}

/** FAIL before UNKNOWN before PASS, the severe before the mild. */
export function findingsForPeople(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      byControl(a, b),
  );
}

/** The order of machines: by control (numbers as numbers), then by resource. */
export function findingsForMachines(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(byControl);
}

function byControl(a: Finding, b: Finding): number {
  return compareNatural(a.control, b.control) || compare(a.resource, b.resource) || compare(a.id, b.id);
}

export interface BandCounts {
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** How many risks stand in each band at one of the three points. */
export function countBands(risks: readonly Risk[], point: keyof Risk['band']): BandCounts {
  const counts: Record<Band, number> = { high: 0, medium: 0, low: 0 };
  for (const risk of risks) counts[risk.band[point]] += 1;
  return counts;
}

export interface FindingCounts {
  readonly failed: number;
  readonly unknown: number;
  readonly passed: number;
  readonly failedBySeverity: Readonly<Record<Severity, number>>;
}

/** What the controls said, in numbers. */
export function countFindings(findings: readonly Finding[]): FindingCounts {
  const failedBySeverity = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
  const counts = { failed: 0, unknown: 0, passed: 0 };
  for (const { status, severity } of findings) {
    if (status === 'FAIL') failedBySeverity[severity] += 1;
    if (status === 'FAIL') counts.failed += 1;
    else if (status === 'UNKNOWN') counts.unknown += 1;
    else if (status === 'PASS') counts.passed += 1;
  }
  return { ...counts, failedBySeverity };
}

/** The same assessment with every list in the order of machines. */
export function stableOrder(assessment: Assessment): Assessment {
  const { environment, coverage } = assessment;
  return {
    ...assessment,
    environment: {
      ...environment,
      resources: environment.resources.toSorted((a, b) => compare(a.id, b.id)),
      unknowns: environment.unknowns.toSorted(
        (a, b) =>
          compare(a.resource, b.resource) ||
          compare(a.property, b.property) ||
          compare(a.expression, b.expression),
      ),
    },
    findings: findingsForMachines(assessment.findings),
    safeguards: assessment.safeguards
      .map((report) => ({
        ...report,
        attachments: report.attachments.toSorted((a, b) => compare(a.resource, b.resource)),
      }))
      .sort((a, b) => compare(a.id, b.id)),
    risks: worstFirst(assessment.risks),
    assets: assessment.assets.toSorted((a, b) => compare(a.resource, b.resource)),
    coverage: {
      analysed: coverage.analysed.toSorted(compare),
      notAnalysed: coverage.notAnalysed.toSorted(
        (a, b) => compare(a.kind, b.kind) || compare(a.what, b.what) || compare(a.reason.en, b.reason.en),
      ),
    },
  };
}
