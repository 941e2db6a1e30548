import type { ResourceGraph } from '../../environment/graph.ts';
import { type Answer, all, any, isNumber, isSet } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

/** The rotation schedules of a secret. */
export function schedulesOf(secret: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .referrersOfType(secret, 'AWS::SecretsManager::RotationSchedule')
    .filter((schedule) => graph.target(get(schedule.properties, 'SecretId')) === secret);
}

/** Whether a schedule rotates at all: with a function, or with one that AWS hosts. */
export function rotates(schedule: Resource): Answer {
  const { properties } = schedule;
  return all([
    schedule.exists,
    any([isSet(get(properties, 'RotationLambdaARN')), isSet(get(properties, 'HostedRotationLambda'))]),
    isSet(get(properties, 'RotationRules')),
  ]);
}

/** Whether rules rotate within so many days; an expression such as `rate(10 days)` counts by its days. */
export function rotatesWithin(rules: Value, days: number): Answer {
  const expression = get(rules, 'ScheduleExpression');
  if (expression.kind === 'known') {
    const rate = /^rate\((\d+) (day|days|hour|hours)\)$/.exec(String(expression.value));
    return rate
      ? withinRate(Number(rate[1]), rate[2] ?? 'days', days)
      : { is: 'unknown', undecided: [expression] };
  }
  return isNumber(get(rules, 'AutomaticallyAfterDays'), (count) => count >= 1 && count <= days);
}

function withinRate(count: number, unit: string, days: number): Answer {
  const hours = unit.startsWith('hour') ? count : count * 24;
  return hours <= days * 24 ? { is: 'yes' } : { is: 'no' };
}
