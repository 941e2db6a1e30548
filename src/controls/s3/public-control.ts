import { type Text, text } from '../../kernel/texts.ts';
import { any, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { type Control, control, verdict } from '../control.ts';
import { bucketPolicies, isOpenByAcl, isOpenByPolicy } from './access.ts';
import { BLOCK_SETTINGS } from './public-access-block.ts';

/** A control that forbids everybody a kind of access to a bucket. */
export interface PublicAccessControl
  extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  readonly actions: readonly string[];
  readonly acls: readonly string[];
  readonly deed: Text;
}

/**
 * Declares a control that forbids everybody a kind of access. A policy or access control list that opens
 * the bucket counts unless the bucket's own public access block stops it; without either nobody gets in.
 */
export function publicAccessControl(definition: PublicAccessControl): Control {
  const { actions, acls, deed, ...rest } = definition;
  return control({
    ...rest,
    resourceTypes: ['AWS::S3::Bucket'],
    basis: 'effective',
    evaluate(bucket, graph) {
      const open = any([isOpenByPolicy(bucket, graph, actions), isOpenByAcl(bucket, acls)]);
      const policy = bucketPolicies(bucket, graph)[0];
      const acl = get(bucket.properties, 'AccessControl');
      const at = acl.kind === 'absent' && policy ? get(policy.properties, 'PolicyDocument') : acl;
      return verdict(
        not(open),
        {
          pass: text(`nobody outside may ${deed.en}`, `外部の誰でも${deed.ja}できる状態ではありません`),
          fail: text(`everybody may ${deed.en}`, `誰でも${deed.ja}できます`),
          unknown: text(
            `whether everybody may ${deed.en} cannot be decided`,
            `誰でも${deed.ja}できるかどうか決められません`,
          ),
        },
        at,
      );
    },
    remedy: (bucket) => ({
      summary: text(
        'Block public access and let CloudFront or named roles read the bucket',
        'パブリックアクセスをブロックし、CloudFrontまたは特定のロールだけに許可する',
      ),
      edits: [
        {
          kind: 'set-property',
          resource: bucket.id,
          path: ['PublicAccessBlockConfiguration'],
          value: Object.fromEntries(BLOCK_SETTINGS.map((setting) => [setting, true])),
        },
      ],
    }),
  });
}
