import { type Text, text } from '../kernel/texts.ts';
import type { SafeguardReport, SafeguardState } from '../model/safeguard.ts';
import { overallState } from '../model/safeguard-state.ts';

/**
 * The twelve services that the lecture's closing list asks of a production environment: its ten, and the
 * trail and the alarms beside them.
 */
const TWELVE: readonly { readonly id: string; readonly name: Text }[] = [
  { id: 'dependabot', name: text('Dependabot', 'Dependabot') },
  { id: 'access-analyzer', name: text('IAM Access Analyzer', 'IAM Access Analyzer') },
  { id: 'kms', name: text('KMS', 'KMS') },
  { id: 'secrets-manager', name: text('Secrets Manager', 'Secrets Manager') },
  { id: 'security-hub', name: text('Security Hub', 'Security Hub') },
  { id: 'guardduty', name: text('GuardDuty', 'GuardDuty') },
  { id: 'network-firewall', name: text('Network Firewall', 'Network Firewall') },
  { id: 'waf', name: text('WAF', 'WAF') },
  { id: 'inspector', name: text('Inspector', 'Inspector') },
  { id: 'macie', name: text('Macie', 'Macie') },
  { id: 'cloudtrail', name: text('CloudTrail', 'CloudTrail') },
  { id: 'cloudwatch-alarms', name: text('CloudWatch alarms', 'CloudWatchアラーム') },
];

export interface ChecklistItem {
  readonly id: string;
  readonly name: Text;
  /** Over all places; `not-judged` when this version has no judgement of the service. */
  readonly state: SafeguardState | 'not-judged';
}

/** The state of each of the twelve over the whole environment. */
export function checklistOf(safeguards: readonly SafeguardReport[]): readonly ChecklistItem[] {
  return TWELVE.map((item) => {
    const report = safeguards.find((each) => each.id === item.id);
    return {
      ...item,
      state: report ? overallState(report.attachments.map((each) => each.state)) : 'not-judged',
    };
  });
}

/** How many of the twelve are on everywhere. */
export function checklistScore(items: readonly ChecklistItem[]): number {
  return items.filter((item) => item.state === 'on').length;
}
