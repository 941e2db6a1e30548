import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Band } from '../model/risk.ts';
import type { Invocation, OptionDefinition } from './command.ts';

export const THRESHOLD_OPTIONS = {
  'fail-on': {
    type: 'string',
    choices: ['high', 'medium', 'low'],
    value: 'high|medium|low',
    help: text('exit with 1 from this level on', 'このレベル以上があれば終了コード1'),
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

/** Whether risks meet the threshold: the band of the upper end of the current value counts. */
export function risksMeet(assessment: Assessment, invocation: Invocation): boolean {
  const threshold = invocation.option('fail-on') as Band | undefined;
  const bySize =
    threshold !== undefined && assessment.risks.some((risk) => reaches(risk.band.current, threshold));
  return bySize || (invocation.flag('fail-on-unknown') && hasUnknown(assessment.findings));
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
