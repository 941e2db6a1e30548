import { text } from '../../kernel/texts.ts';
import { type Answer, all, isOneOf, isTrue, not, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import { namesEverybody, type Statement, someStatement, statementsOf } from '../policies.ts';
import { notApplicable, presenceOf, providedBy, rollUp } from '../presence.ts';
import type { FacetName, Presence } from '../safeguard.ts';
import { property } from '../values.ts';

export const ROTATION: FacetName = { id: 'rotation', name: text('rotation', 'ローテーション') };
export const POLICY: FacetName = { id: 'policy', name: text('key policy', 'キーポリシー') };

/** A key is sound when it rotates (where it can) and its policy does not admit everybody. */
export function keyPresence(key: Resource): Presence {
  return providedBy(
    key,
    rollUp([
      { facet: ROTATION, presence: rotation(key) },
      { facet: POLICY, presence: policy(key) },
    ]),
  );
}

function rotation(key: Resource): Presence {
  const rotatable = canRotate(key);
  if (rotatable.is === 'no') {
    return notApplicable(
      text(
        'automatic rotation exists only for symmetric keys that KMS made',
        '自動ローテーションはKMSが生成した対称鍵にのみあります',
      ),
    );
  }
  const value = property(key, 'EnableKeyRotation');
  const rotates = isTrue(value);
  return presenceOf(
    rotates.is === 'yes' ? rotatable : rotates,
    {
      on: text('the key rotates by itself', '鍵は自動でローテーションされます'),
      off: text('the key never rotates', '鍵がローテーションされません'),
      unknown: text('whether the key rotates is not decided', '鍵がローテーションされるかどうかが未確定です'),
    },
    value,
  );
}

function canRotate(key: Resource): Answer {
  return all([
    isOneOf(property(key, 'KeySpec'), ['SYMMETRIC_DEFAULT'], YES),
    isOneOf(property(key, 'Origin'), ['AWS_KMS'], YES),
  ]);
}

/** Conditions that keep a statement for everybody inside the account or one service's calls. */
const NARROWING = [
  'kms:CallerAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalAccount',
  'aws:SourceAccount',
  'aws:SourceArn',
  'kms:ViaService',
];

function policy(key: Resource): Presence {
  const document = property(key, 'KeyPolicy');
  const open =
    document.kind === 'unknown'
      ? undecided(document)
      : someStatement(statementsOf(document), admitsEverybody);
  return presenceOf(
    not(open),
    {
      on: text('the key policy names who may use it', 'キーポリシーが利用者を限定しています'),
      off: text('the key policy admits everybody', 'キーポリシーが誰にでも利用を許しています'),
      unknown: text('the key policy is not decided', 'キーポリシーが未確定です'),
    },
    document,
  );
}

/** The indexes of the statements that admit everybody. */
export function openStatements(key: Resource): readonly number[] {
  const statements = statementsOf(property(key, 'KeyPolicy'));
  return statements.flatMap((statement, index) => (admitsEverybody(statement) ? [index] : []));
}

function admitsEverybody({ effect, principal, condition }: Statement): boolean {
  return effect === 'Allow' && namesEverybody(principal) && !narrowed(condition);
}

function narrowed(condition: Value): boolean {
  if (condition.kind !== 'map') return false;
  return [...condition.entries.values()].some(
    (operator) =>
      operator.kind === 'map' &&
      [...operator.entries].some(([name, value]) => NARROWING.includes(name) && stringFrom(value) !== '*'),
  );
}
