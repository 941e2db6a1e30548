import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Band, Risk } from '../model/risk.ts';
import { bandOf, valueAt } from '../risk/score.ts';
import type { Invocation, OptionDefinition } from './command.ts';

export const THRESHOLD_OPTIONS = {
  'fail-on': {
    type: 'string',
    choices: ['high', 'medium', 'low'],
    value: 'high|medium|low',
    help: text(
      'exit with 1 from this level on; risks with an acceptance that counts are left out',
      'このレベル以上があれば終了コード1(有効な受容のあるリスクを除く)',
    ),
  },
  'fail-on-unknown': {
    type: 'boolean',
    help: text('exit with 1 also where a verdict is UNKNOWN', '判定がUNKNOWNのものがあっても終了コード1'),
  },
} satisfies Record<string, OptionDefinition>;

const BANDS: readonly Band[] = ['low', 'medium', 'high'];

/** Severities in the words of the threshold. */
const SEVERITY_BAND: Readonly<Record<Severity, Band | undefined>> = {
  critical: 'high',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: undefined,
};

function reaches(band: Band | undefined, threshold: Band): boolean {
  return band !== undefined && BANDS.indexOf(band) >= BANDS.indexOf(threshold);
}

/** Risk id → the importance that its assets have in the base, where a change lowers it without a decision. */
export type HeldRisks = ReadonlyMap<string, readonly { readonly before: number }[]>;

/**
 * Whether risks meet the threshold: the band of the upper end of the current value counts. Accepted ones are
 * left out when the acceptance counts; a class that the owner did not lower counts as it was.
 */
export function risksMeet(
  assessment: Assessment,
  invocation: Invocation,
  held: HeldRisks = new Map(),
): boolean {
  const threshold = invocation.option('fail-on') as Band | undefined;
  const accepted = acceptedRisks(assessment);
  const bySize =
    threshold !== undefined &&
    assessment.risks.some((risk) => !accepted.has(risk.id) && reaches(bandHeld(risk, held), threshold));
  return bySize || (invocation.flag('fail-on-unknown') && hasUnknown(assessment.findings));
}

/** The risks with an acceptance that counts. */
function acceptedRisks({ decisions = [] }: Assessment): ReadonlySet<string> {
  return new Set(
    decisions.flatMap(({ risk, status, counts }) => (status === 'accepted' && counts ? [risk] : [])),
  );
}

function bandHeld(risk: Risk, held: HeldRisks): Band {
  const before = held.get(risk.id)?.map((asset) => asset.before);
  if (!before) return risk.band.current;
  const { scoring } = risk;
  const importance = { ...scoring.importance, high: Math.max(scoring.importance.high, ...before) };
  return bandOf(valueAt({ ...scoring, importance }, 'current').high);
}

/** Whether some of an assessment's risks reach a level, those with an acceptance that counts left out. */
export function risksReach(
  risks: readonly Risk[],
  assessment: Assessment,
  threshold: string | undefined,
): boolean {
  if (threshold === undefined) return false;
  const accepted = acceptedRisks(assessment);
  return risks.some((risk) => !accepted.has(risk.id) && reaches(risk.band.current, threshold as Band));
}

/** Whether findings meet the threshold: failed ones by severity. */
export function findingsMeet(findings: readonly Finding[], invocation: Invocation): boolean {
  const threshold = invocation.option('fail-on') as Band | undefined;
  const bySeverity =
    threshold !== undefined &&
    findings.some(({ status, severity }) => status === 'FAIL' && reaches(SEVERITY_BAND[severity], threshold));
  return bySeverity || (invocation.flag('fail-on-unknown') && hasUnknown(findings));
}

function hasUnknown(findings: readonly Finding[]): boolean {
  return findings.some(({ status }) => status === 'UNKNOWN');
}
