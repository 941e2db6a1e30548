import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, EC2.170. */
export const definition = propertyControl({
  id: 'EC2.170',
  title: text(
    'Launch templates require session tokens for instance metadata',
    '起動テンプレートがIMDSv2を必須にする',
  ),
  severity: 'low',
  resourceTypes: ['AWS::EC2::LaunchTemplate'],
  configRule: 'ec2-launch-template-imdsv2-check',
  mappings: {},
  basis: 'template',
  property: ['LaunchTemplateData', 'MetadataOptions', 'HttpTokens'],
  good: oneOf('required'),
  whenAbsent: {
    good: NO,
    means: text(
      `the image's or the account's default decides`,
      'AMIまたはアカウントの既定設定に左右されます',
    ),
  },
  remedy: {
    summary: text('Set HttpTokens to required', 'HttpTokens を required にする'),
    value: 'required',
  },
});
