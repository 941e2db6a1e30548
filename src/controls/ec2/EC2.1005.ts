import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryptsDisks } from './disks.ts';

/** A control of our own. Disks that name no encryption take it from the image or the account's default. */
export const definition = propertyControl({
  id: 'EC2.1005',
  title: text('Disks of instances are encrypted', 'インスタンスのディスクが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::Instance'],
  mappings: {},
  basis: 'template',
  property: ['BlockDeviceMappings'],
  good: encryptsDisks,
  whenAbsent: {
    good: NO,
    means: text(`the image or the account's default decides`, 'AMIまたはアカウントの既定設定に左右されます'),
  },
  says: {
    pass: text('every disk is encrypted', 'すべてのディスクが暗号化されます'),
    fail: text('a disk is not encrypted here', '暗号化が指定されていないディスクがあります'),
  },
  remedy: {
    summary: text(
      'Set Ebs.Encrypted to true for every disk',
      'すべてのディスクの Ebs.Encrypted を true にする',
    ),
  },
});
