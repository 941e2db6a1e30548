import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { encryptsDisks } from '../ec2/disks.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'AutoScaling.1001',
  title: text('Disks of launch configurations are encrypted', '起動設定のディスクが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::AutoScaling::LaunchConfiguration'],
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
