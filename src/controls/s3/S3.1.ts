import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { accountControl } from '../account.ts';
import { blocksAll } from './public-access-block.ts';

/** AWS Security Hub controls reference, S3.1. */
export const definition = accountControl({
  id: 'S3.1',
  title: text(
    'The account blocks public access to buckets',
    'アカウント全体でS3のブロックパブリックアクセスが有効',
  ),
  severity: 'medium',
  configRule: 's3-account-level-public-access-blocks-periodic',
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
      'AC-17(b)',
      'CM-6(a)',
      'CM-9(b)',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7(a)',
      'SC-7(b)',
      'SC-7(c)',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.3', '2.2', '2.2.2', '7.2', '7.2.1'],
  },
  place: 'account',
  types: ['Account::S3PublicAccessBlock'],
  declarable: false,
  fulfils: (block) => blocksAll(block.properties, NO),
  what: text('a public access block of the whole account', 'アカウント全体のブロックパブリックアクセス'),
  ask: 'aws s3control get-public-access-block --account-id ACCOUNT',
  remedy: {
    summary: text('Turn on all four settings for the account', 'アカウントで4つの設定をすべて有効にする'),
    edits: [
      {
        kind: 'command',
        command:
          'aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      },
    ],
  },
});
