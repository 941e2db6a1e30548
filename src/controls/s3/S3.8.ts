import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { blocksAll } from './public-access-block.ts';

/**
 * AWS Security Hub controls reference, S3.8. Judged on what the template says: buckets made since April
 * 2023 start with the block on, but only a declared one stays on.
 */
export const definition = propertyControl({
  id: 'S3.8',
  title: text('Buckets block public access', 'バケットのブロックパブリックアクセスがすべて有効'),
  severity: 'high',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-bucket-level-public-access-prohibited',
  mappings: {
    'cis-5.0': ['2.1.4'],
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(7)',
      'AC-4(21)',
      'AC-6',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '1.3.6', '2.2.2'],
  },
  basis: 'template',
  property: ['PublicAccessBlockConfiguration'],
  good: blocksAll,
  whenAbsent: {
    good: NO,
    means: text(
      'a new bucket starts with the block on, but nothing here keeps it on',
      '新しいバケットでは既定で有効ですが、ここでは宣言されていません',
    ),
  },
  says: {
    pass: text('all four settings are on', '4つの設定がすべて有効です'),
    fail: text('not all four settings are on', '4つの設定のうち無効なものがあります'),
  },
  remedy: {
    summary: text('Turn on all four settings', '4つの設定をすべて有効にする'),
    value: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  },
});
