import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  absent,
  booleanFrom,
  choice,
  get,
  known,
  list,
  map,
  numberFrom,
  referenceFrom,
  referencesIn,
  showUndecided,
  showValue,
  unknown,
  type Value,
} from './value.ts';

const span = { file: { path: 'test', text: '' }, start: 0, end: 0 };
const subnet = unknown('Subnet', 'after-deployment', span, [
  { type: 'reference', expression: 'Subnet', resource: 'cfn:test/Subnet', attribute: 'Ref' },
]);
const url = unknown('http://$' + '{Host}/', 'after-deployment', span, [
  'http://',
  { type: 'reference', expression: 'Host', resource: 'cfn:test/Host', attribute: 'DNSName' },
  '/',
]);

describe('values', () => {
  const config: Value = map(
    new Map<string, Value>([
      ['Subnets', list([subnet, known('subnet-1', span)], span)],
      ['Url', url],
    ]),
    span,
  );

  test('a path of keys and indexes leads to the value, or to absent', () => {
    assert.equal(get(config, 'Subnets', 0), subnet);
    assert.equal(get(config, 'Subnets', 2).kind, 'absent');
    assert.equal(get(config, 'Nothing', 'Below').kind, 'absent');
    assert.equal(get(unknown('X', 'parameter', span), 'Below').kind, 'unknown');
  });

  test('a path through a choice gives the choice of what lies below', () => {
    const either = choice('Big', [config, absent(span)], span);
    const below = get(either, 'Subnets', 1);
    assert.ok(below.kind === 'oneOf');
    assert.deepEqual(
      below.options.map((option) => option.kind),
      ['known', 'absent'],
    );
  });

  test('a choice between equals is no choice', () => {
    assert.equal(choice('Big', [known(1, span), known(1, span)], span).kind, 'known');
  });

  test('a plain reference says what it refers to; a string around one does not', () => {
    assert.deepEqual(referenceFrom(subnet), { resource: 'cfn:test/Subnet', attribute: 'Ref' });
    assert.equal(referenceFrom(url), undefined);
    assert.deepEqual(
      referencesIn(config).map(({ resource }) => resource),
      ['cfn:test/Subnet', 'cfn:test/Host'],
    );
  });

  test('numbers and booleans are read as CloudFormation writes them', () => {
    assert.equal(numberFrom(known('22', span)), 22);
    assert.equal(numberFrom(known('', span)), undefined);
    assert.equal(numberFrom(known('22a', span)), undefined);
    assert.equal(booleanFrom(known('True', span)), true);
    assert.equal(booleanFrom(known('yes', span)), undefined);
  });

  test('a value is shown on one line', () => {
    assert.equal(showValue(config), `{Subnets: [Subnet, subnet-1], Url: http://$${'{Host}'}/}`);
  });

  test('what would decide a value is told by names, never by the text around them', () => {
    const hole = (expression: string) => ({ type: 'parameter', expression }) as const;
    const secret = unknown("!Sub 'half-a-password-${Stage}'", 'parameter', span, [
      'half-a-password-',
      hole('Stage'),
    ]);
    assert.equal(showUndecided(secret), 'Stage');
    const either: Value = {
      kind: 'oneOf',
      condition: 'IsProduction',
      options: [known('password', span), secret],
      span,
    };
    assert.equal(showUndecided(either), 'IsProduction');
    assert.equal(showUndecided(list([secret, either], span)), 'Stage, IsProduction');
    assert.equal(
      showUndecided(unknown('!FindInMap [Map, "half a password", b]', 'function', span)),
      '!FindInMap …',
    );
    assert.equal(showUndecided(unknown('Stage', 'parameter', span)), 'Stage');
    assert.equal(
      showUndecided(unknown('{{resolve:ssm-secure:name:1}}', 'dynamic-reference', span)),
      '{{resolve:ssm-secure:name:1}}',
    );
    const condition = unknown('IsProduction: !Equals [!Ref Stage, production]', 'condition', span, [
      hole('Stage'),
    ]);
    assert.equal(showUndecided(condition), 'IsProduction (Stage)');
  });
});
