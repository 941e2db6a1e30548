import { text } from '../../kernel/texts.ts';
import type { RiskContext } from '../context.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** Nobody can tell afterwards what was done in the account. */
export const definition = riskRule({
  id: 'blind',
  number: 38,
  title: text('No trail of what happens in the account', 'アカウントの操作記録(証跡)がない'),
  factor: 'credential-leak',
  find: candidates,
});

/**
 * The event of this risk is not to see, so that here a trail blocks it. Elsewhere detection never counts.
 * Whether a trail exists is decided only where the environment is the whole account.
 */
function candidates(context: RiskContext): readonly Candidate[] {
  const { account } = context.graph;
  const live = context.graph.resources.some((resource) => resource.basis === 'live');
  if (context.graph.facts.declaration.scope !== 'account' && !live) return [];
  const guards = context.guard('cloudtrail', account, 'block');
  if (guards.length === 0 || guards.some((guard) => guard.state === 'on')) return [];
  const what = text('no trail records every call', 'すべての操作を記録する証跡がない');
  return [
    {
      resources: [account.id],
      statement: {
        cause: text(
          'no CloudTrail trail with all regions and log validation is on',
          '全リージョン・ログ検証付きのCloudTrail証跡が有効でない',
        ),
        event: text(
          'somebody uses stolen credentials, and nothing records it',
          '盗まれた認証情報が使われても、記録が残らない',
        ),
        effect: text(
          'the incident is noticed late and its extent cannot be told to customers',
          '事故に気づくのが遅れ、被害範囲を顧客に説明できない',
        ),
      },
      reaches: [account],
      threat: threat(2),
      paths: [factPath(account, { what }, guards)],
      controls: ['CloudTrail.1', 'CloudTrail.3', 'CloudTrail.4'],
    },
  ];
}
