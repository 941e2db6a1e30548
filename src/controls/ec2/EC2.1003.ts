import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { restricted } from './egress.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'EC2.1003',
  title: text('Outbound traffic is restricted', 'セキュリティグループの送信先が限定されている'),
  severity: 'low',
  resourceTypes: ['AWS::EC2::SecurityGroup'],
  mappings: {},
  property: ['SecurityGroupEgress'],
  good: restricted,
  whenAbsent: { good: NO, means: text('everything may leave', 'すべての送信を許可') },
  says: {
    pass: text('no rule lets everything out to everywhere', 'あらゆる宛先への全通信を許すルールはありません'),
    fail: text('a rule lets everything out to everywhere', 'あらゆる宛先への全通信を許すルールがあります'),
  },
  remedy: {
    summary: text('Name the destinations that are needed', '必要な送信先だけを指定する'),
    needs: [text('what the servers must reach', 'サーバーが接続する必要のある相手')],
  },
});
