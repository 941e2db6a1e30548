import { type Text, text, verbatim } from '../kernel/texts.ts';
import { UNSTATED } from '../model/register.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { facetName } from '../risk/facet-names.ts';

/** The name of a safeguard, with its facet in brackets: `AWS WAF (SQL injection rules)`. */
export function guardName(
  guard: { readonly safeguard: string; readonly facet?: string },
  safeguards: readonly Pick<SafeguardReport, 'id' | 'name'>[],
): Text {
  const title = safeguards.find(({ id }) => id === guard.safeguard)?.name ?? fallbackName(guard.safeguard);
  if (guard.facet === undefined) return title;
  const facet = facetName(guard.safeguard, guard.facet);
  return text(`${title.en} (${facet.en})`, `${title.ja}(${facet.ja})`);
}

/** Names of safeguards that stand on paths, for readers of a report in which they have no row of their own. */
const NAMES: ReadonlyMap<string, Text> = new Map([
  ['iam-least-privilege', text('Least privilege in IAM', 'IAMの最小権限')],
  ['imdsv2', text('IMDSv2 only', 'IMDSv2の必須化')],
  ['segmentation', text('Segmentation', '区画の分離')],
  ['s3-block-public-access', text('S3 block public access', 'S3のパブリックアクセスブロック')],
  ['redundancy', text('Redundancy', '冗長化')],
  ['backup', text('Backup', 'バックアップ')],
  ['mfa', text('MFA', 'MFA(多要素認証)')],
  ['logging', text('Logging', 'ログの記録')],
  ['budget', text('Spending limits', '費用の上限')],
  ['shield', text('AWS Shield', 'AWS Shield')],
  ['access-analyzer', text('IAM Access Analyzer', 'IAM Access Analyzer')],
  ['macie', text('Amazon Macie', 'Amazon Macie')],
  ['detective', text('Amazon Detective', 'Amazon Detective')],
  ['inspector', text('Amazon Inspector', 'Amazon Inspector')],
  ['security-hub', text('AWS Security Hub', 'AWS Security Hub')],
  ['cloudwatch-alarms', text('CloudWatch alarms', 'CloudWatchアラーム')],
  [UNSTATED, text('Measures (nothing stated)', '対策(記載なし)')],
  ['network-firewall', text('AWS Network Firewall', 'AWS Network Firewall')],
]);

function fallbackName(safeguard: string): Text {
  if (safeguard.startsWith('own:')) return verbatim(safeguard.slice('own:'.length));
  return NAMES.get(safeguard) ?? verbatim(safeguard);
}
