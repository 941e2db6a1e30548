import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';
import { launchSetting } from './launch.ts';

/**
 * AWS Security Hub controls reference, EC2.8. Without the setting the image or the account decides, and
 * the API's own default is optional.
 */
export const definition = propertyControl({
  id: 'EC2.8',
  title: text(
    'Instances require session tokens for instance metadata (IMDSv2)',
    'インスタンスがIMDSv2を必須にする',
  ),
  severity: 'high',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-imdsv2-check',
  mappings: {
    'cis-5.0': ['5.7'],
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(3)',
      'AC-3(3)(a)',
      'AC-3(3)(b)(1)',
      'AC-3(3)(b)(2)',
      'AC-3(3)(b)(3)',
      'AC-3(3)(b)(4)',
      'AC-3(3)(b)(5)',
      'AC-3(3)(c)',
      'AC-3(4)',
      'AC-3(4)(a)',
      'AC-3(4)(b)',
      'AC-3(4)(c)',
      'AC-3(4)(d)',
      'AC-3(4)(e)',
      'AC-3(7)',
      'AC-3(8)',
      'AC-3(12)(a)',
      'AC-3(13)',
      'AC-3(15)(a)',
      'AC-3(15)(b)',
      'AC-4(28)',
      'AC-6',
      'AC-24',
      'CM-5(1)(a)',
      'MP-2',
      'SC-23(3)',
    ],
  },
  basis: 'template',
  property: ['MetadataOptions', 'HttpTokens'],
  read: (instance, graph) => launchSetting(instance, graph, 'MetadataOptions', 'HttpTokens'),
  good: oneOf('required'),
  whenAbsent: {
    good: { is: 'no' },
    means: text(
      "the image's or the account's default decides",
      'AMIまたはアカウントの既定設定に左右されます',
    ),
  },
  remedy: {
    summary: text('Set HttpTokens to required', 'HttpTokens を required にする'),
    value: 'required',
  },
});
