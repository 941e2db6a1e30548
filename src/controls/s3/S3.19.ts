import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { blocksAll } from './public-access-block.ts';

/** AWS Security Hub controls reference, S3.19. */
export const definition = propertyControl({
  id: 'S3.19',
  title: text('Access points block public access', 'アクセスポイントがパブリックアクセスをブロックする'),
  severity: 'critical',
  resourceTypes: ['AWS::S3::AccessPoint'],
  configRule: 's3-access-point-public-access-blocks',
  mappings: {},
  property: ['PublicAccessBlockConfiguration'],
  good: blocksAll,
  whenAbsent: {
    good: YES,
    means: text('all four settings are on by default', '既定で4つの設定すべてが有効'),
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
