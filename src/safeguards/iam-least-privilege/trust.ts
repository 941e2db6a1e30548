import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { namesEverybody, type Statement, statementsOf } from '../policies.ts';
import { off, on, partial, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { literalText, property } from '../values.ts';

/** Who may take a role: nobody unnamed, no outside workload without `sub`, no other account without ExternalId. */
export function trustOf(_: ResourceGraph, role: Resource): Presence {
  const document = property(role, 'AssumeRolePolicyDocument');
  if (document.kind === 'unknown')
    return unsure(text('the trust policy is not decided', '信頼ポリシーが未確定です'), [document]);
  const presences = statementsOf(document)
    .filter((statement) => statement.effect === 'Allow')
    .map((statement) => ifPresent(statement, ofStatement(statement)));
  for (const state of ['off', 'unknown', 'partial'] as const) {
    const found = presences.find((each) => each.state === state);
    if (found) return found;
  }
  return on(text('only named principals may take it', '引き受けられるのは指定された相手だけです'), document);
}

function ifPresent({ present }: Statement, presence: Presence): Presence {
  if (present.is !== 'unknown' || presence.state === 'on') return presence;
  return unsure(
    text('a wide trust hangs on an undecided condition', '広い信頼が未確定の条件にかかっています'),
    present.undecided,
  );
}

function ofStatement(statement: Statement): Presence {
  const { principal, condition, at } = statement;
  if (principal.kind === 'unknown')
    return unsure(text('who may take it is not decided', '引き受けられる相手が未確定です'), [principal]);
  if (namesEverybody(principal) && condition.kind === 'absent') {
    return off(
      text('anybody with an AWS account may take it', 'AWSアカウントを持つ誰でも引き受けられます'),
      at,
    );
  }
  if (fromOidc(statement) && !namesSubject(condition)) {
    return off(
      text(
        'any workload of the identity provider may take it: no condition on sub',
        'IDプロバイダーのどのワークロードでも引き受けられます(subの条件がありません)',
      ),
      at,
    );
  }
  if (fromOtherAccount(principal) && !hasKeyEnding(condition, 'sts:ExternalId')) {
    return partial(
      text(
        'another account may take it without an ExternalId',
        '他のアカウントがExternalIdなしで引き受けられます',
      ),
      at,
    );
  }
  return on(text('a named principal', '指定された相手です'), at);
}

function fromOidc(statement: Statement): boolean {
  return statement.actions.some((action) => action.toLowerCase() === 'sts:assumerolewithwebidentity');
}

/** A condition on `…:sub` whose value is not just a wildcard. */
function namesSubject(condition: Value): boolean {
  return conditionValues(condition).some(
    ({ key, value }) => key.endsWith(':sub') && itemsOf(value).every((each) => stringFrom(each) !== '*'),
  );
}

function hasKeyEnding(condition: Value, ending: string): boolean {
  return conditionValues(condition).some(({ key }) => key.toLowerCase() === ending.toLowerCase());
}

function conditionValues(condition: Value): readonly { readonly key: string; readonly value: Value }[] {
  if (condition.kind !== 'map') return [];
  return [...condition.entries.values()].flatMap((operator) =>
    operator.kind === 'map' ? [...operator.entries].map(([key, value]) => ({ key, value })) : [],
  );
}

/** A literal account number in a principal is somebody else's: one's own is written as AWS::AccountId. */
function fromOtherAccount(principal: Value): boolean {
  return itemsOf(get(principal, 'AWS')).some((each) =>
    /^(\d{12}$|arn:aws[a-z-]*:iam::\d{12}:)/.test(literalText(each)),
  );
}
