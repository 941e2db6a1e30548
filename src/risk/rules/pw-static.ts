import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** A secret that nothing rotates. */
export const definition = riskRule({
  id: 'pw-static',
  number: 23,
  title: text('Secret that never changes', '変更されない秘密情報'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph.ofType('AWS::SecretsManager::Secret').flatMap((secret) => candidateFor(context, secret)),
});

function candidateFor(context: RiskContext, secret: Resource): readonly Candidate[] {
  const rotated = context.graph.referrersOfType(secret, 'AWS::SecretsManager::RotationSchedule').length > 0;
  if (rotated) return [];
  const attached = context.guard('secrets-manager', secret, 'hinder', 'rotation');
  if (attached.some((guard) => guard.state === 'on')) return [];
  const guards =
    attached.length > 0
      ? attached
      : [topologyGuard('secrets-manager', secret.id, secret.exists, { effect: 'hinder', facet: 'rotation' })];
  const what = text(`${secret.name} has no rotation`, `${secret.name}にローテーションがない`);
  return [
    {
      resources: [secret.id],
      statement: {
        cause: text(`${secret.name} is not rotated`, `${secret.name}がローテーションされていない`),
        event: text(
          'a copy (in a log, with somebody who left) is used long after',
          'ログや退職者の手元に残った写しが、後になって使われる',
        ),
        effect: text('what it opens stays open to the finder', '拾った者が、いつまでもアクセスできる'),
      },
      reaches: [secret],
      threat: threat(2),
      paths: [factPath(secret, { what }, guards, secret.exists)],
      seenBy: context.seenBy(['cloudtrail', 'guardduty']),
      controls: ['SecretsManager.1', 'SecretsManager.4'],
    },
  ];
}
