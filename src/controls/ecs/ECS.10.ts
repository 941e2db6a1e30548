import { text } from '../../kernel/texts.ts';
import { isOneOf, NO, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ECS.10. */
export const definition = propertyControl({
  id: 'ECS.10',
  title: text(
    'Fargate services run on the latest platform',
    'Fargateサービスが最新のプラットフォームバージョンで動く',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ECS::Service'],
  configRule: 'ecs-fargate-latest-platform-version',
  mappings: { 'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'] },
  property: ['PlatformVersion'],
  good: oneOf('LATEST', '1.4.0'),
  whenAbsent: { good: YES, means: text('LATEST by default', '既定は LATEST') },
  onlyIf: {
    holds: (service) => isOneOf(get(service.properties, 'LaunchType'), ['FARGATE'], NO),
    otherwise: text('the service does not run on Fargate', 'Fargateのサービスではありません'),
  },
  remedy: {
    summary: text('Set PlatformVersion to LATEST', 'PlatformVersion を LATEST にする'),
    value: 'LATEST',
  },
});
