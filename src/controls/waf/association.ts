import { text } from '../../kernel/texts.ts';
import { all, any, isSet } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { type Control, control, notApplicable, verdict } from '../control.ts';
import type { Condition } from '../property.ts';

/** A control that a resource is associated with a web ACL of AWS WAF. */
export interface WebAclControl
  extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  readonly type: string;
  readonly onlyIf?: Condition;
}

/** Declares a control that a resource is associated with a web ACL; WAF Classic does not count. */
export function webAclControl(definition: WebAclControl): Control {
  const { type, onlyIf, ...rest } = definition;
  return control({
    ...rest,
    resourceTypes: [type],
    basis: 'effective',
    evaluate(resource, graph) {
      if (onlyIf?.holds(resource, graph).is === 'no') return notApplicable(onlyIf.otherwise);
      const associations = graph.referrersOfType(resource, 'AWS::WAFv2::WebACLAssociation');
      return verdict(
        any(associations.map((each) => all([each.exists, isSet(get(each.properties, 'WebACLArn'))]))),
        {
          pass: text('a web ACL is associated', 'ウェブACLが関連付けられています'),
          fail: text('no web ACL is associated', 'ウェブACLが関連付けられていません'),
          unknown: text(
            'whether a web ACL is associated cannot be decided',
            'ウェブACLの関連付けの有無を決められません',
          ),
        },
        associations[0]?.properties,
      );
    },
    remedy: (resource) => ({
      summary: text(
        'Associate a web ACL with the managed rules for common attacks and SQL injection',
        '一般的な攻撃とSQLインジェクション向けのマネージドルールを持つウェブACLを関連付ける',
      ),
      edits: [
        {
          kind: 'add-resource',
          logicalId: `${resource.name}WebAcl`,
          type: 'AWS::WAFv2::WebACLAssociation',
          properties: { ResourceArn: { Ref: resource.name } },
        },
      ],
      needs: [text('a web ACL of scope REGIONAL', 'スコープ REGIONAL のウェブACL')],
    }),
  });
}
