import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';

/** AWS Security Hub controls reference, Lambda.5. */
export const definition = propertyControl({
  id: 'Lambda.5',
  title: text(
    'Functions inside a VPC run in two zones or more',
    'VPC内のLambda関数が複数のアベイラビリティーゾーンで動く',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Lambda::Function'],
  configRule: 'lambda-vpc-multi-az-check',
  mappings: { 'nist-800-53-r5': ['CP-6(2)', 'CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['VpcConfig', 'SubnetIds'],
  good: hasItems(2),
  onlyIf: {
    holds: (resource) => isSet(get(resource.properties, 'VpcConfig')),
    otherwise: text('the function runs outside a VPC', '関数はVPCの外で動きます'),
  },
  remedy: {
    summary: text(
      'Give the function subnets in two zones or more',
      '関数に2つ以上のゾーンのサブネットを指定する',
    ),
    needs: [text('a subnet in another zone', '別ゾーンのサブネット')],
  },
});
