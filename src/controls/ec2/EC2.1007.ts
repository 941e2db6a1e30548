import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'EC2.1007',
  title: text('Network ACLs do not allow every protocol', 'ネットワークACLが全プロトコルを許可しない'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::NetworkAclEntry'],
  mappings: {},
  property: ['Protocol'],
  good: noneOf(-1, 'all'),
  onlyIf: {
    holds: (entry) => isOneOf(get(entry.properties, 'RuleAction'), ['allow'], NO),
    otherwise: text('the entry denies', '拒否のエントリです'),
  },
  remedy: {
    summary: text(
      'Allow only the protocols and ports that are needed',
      '必要なプロトコルとポートだけを許可する',
    ),
  },
});
