import { text } from '../../kernel/texts.ts';
import { isSet, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Route53.2. */
export const definition = propertyControl({
  id: 'Route53.2',
  title: text('Public zones log the queries made to them', 'パブリックホストゾーンのクエリログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::Route53::HostedZone'],
  configRule: 'route53-query-logging-enabled',
  mappings: {},
  property: ['QueryLoggingConfig'],
  good: isSet,
  onlyIf: {
    holds: (zone) => not(isSet(get(zone.properties, 'VPCs'))),
    otherwise: text('the zone is private', 'プライベートホストゾーンです'),
  },
  remedy: {
    summary: text(
      'Name a log group of us-east-1 in QueryLoggingConfig',
      'QueryLoggingConfig に us-east-1 のロググループを指定する',
    ),
    needs: [text('a log group in us-east-1', 'us-east-1 のロググループ')],
  },
});
