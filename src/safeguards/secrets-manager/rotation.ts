import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { notApplicable, off, on, providedBy, rollUp, strongest, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';

/** Whether a secret rotates: a rotation schedule names it, with rules and something that does it. */
export function rotationOf(graph: ResourceGraph, secret: Resource): Presence {
  const named = [secret, ...graph.referrersOfType(secret, 'AWS::SecretsManager::SecretTargetAttachment')];
  const schedules = named.flatMap((each) =>
    graph.referrersOfType(each, 'AWS::SecretsManager::RotationSchedule'),
  );
  const presences = schedules.map((schedule) => providedBy(schedule, scheduled(schedule)));
  return (
    strongest(presences) ??
    off(
      text(
        `${secret.name} has no rotation schedule`,
        `${secret.name}にローテーションスケジュールがありません`,
      ),
    )
  );
}

function scheduled(schedule: Resource): Presence {
  const rules = property(schedule, 'RotationRules');
  const days = get(rules, 'AutomaticallyAfterDays');
  const expression = get(rules, 'ScheduleExpression');
  if (rules.kind === 'unknown')
    return unsure(text('the rotation rules are not decided', 'ローテーションルールが未確定です'), [rules]);
  if (days.kind === 'absent' && expression.kind === 'absent') {
    return off(text(`${schedule.name} names no interval`, `${schedule.name}に間隔の指定がありません`), rules);
  }
  const by = ['HostedRotationLambda', 'RotationLambdaARN', 'ExternalSecretRotationRoleArn'];
  if (by.every((name) => property(schedule, name).kind === 'absent')) {
    return off(
      text(
        `${schedule.name} names no function that rotates`,
        `${schedule.name}にローテーション関数の指定がありません`,
      ),
      rules,
    );
  }
  return on(
    text('the secret rotates by schedule', 'シークレットはスケジュールに従ってローテーションされます'),
    rules,
  );
}

/** A secret itself: its value must not stand in the template, and it should rotate. */
export function secretPresence(graph: ResourceGraph, secret: Resource): Presence {
  return rollUp([
    { facet: FACETS.stored, presence: writtenValue(secret) },
    { facet: FACETS.rotation, presence: isManaged(secret) ?? rotationOf(graph, secret) },
  ]);
}

/** Secrets that a partner or a service rotates carry a type. */
function isManaged(secret: Resource): Presence | undefined {
  const type = property(secret, 'Type');
  return type.kind === 'absent'
    ? undefined
    : notApplicable(text('its service rotates it', '管理元のサービスがローテーションします'), type);
}

function writtenValue(secret: Resource): Presence {
  const value: Value = property(secret, 'SecretString');
  if (value.kind === 'absent')
    return on(text('its value is not in the template', '値はテンプレートに書かれていません'));
  if (value.kind === 'known') {
    return off(text('its value stands in the template', '値がテンプレートに書かれています'), value);
  }
  return unsure(
    text(
      'whether its value stands in a file is not decided',
      '値がファイルに書かれているかどうかが未確定です',
    ),
    [value],
  );
}
