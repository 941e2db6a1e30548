import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { itemsOf, type Part, showValue, stringFrom, type Value } from '../../../model/value.ts';
import { evaluated, readForTest } from '../testing.ts';

const PARAMETERS = `
Parameters:
  Name: {Type: String, Default: web}
  Open: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
  OpenZones: {Type: 'List<AWS::EC2::Subnet::Id>'}
Conditions:
  Never: !Equals [!Ref Name, api]
  Always: !Equals [!Ref Name, web]
  Maybe: !Equals [!Ref Open, x]
Mappings:
  Sizes:
    web: {dev: small, prod: large}
    api: {dev: tiny, prod: huge}
`;

function parts(value: Value): readonly Part[] {
  assert.ok(value.kind === 'unknown' && value.parts, `${value.kind} has no parts`);
  return value.parts;
}

function text(expression: string): string | undefined {
  return stringFrom(evaluated(expression, PARAMETERS));
}

describe('Ref', () => {
  test('gives the default of a parameter', () => assert.equal(text('!Ref Name'), 'web'));
  test('leaves a parameter without a value open', () => {
    const value = evaluated('!Ref Open', PARAMETERS);
    assert.deepEqual(parts(value), [{ type: 'parameter', expression: 'Open' }]);
    assert.equal(value.kind === 'unknown' && value.why, 'parameter');
  });
  test('refers to a resource by id', () => {
    assert.deepEqual(parts(evaluated('!Ref Other')), [
      { type: 'reference', expression: 'Other', resource: 'cfn:test/Other', attribute: 'Ref' },
    ]);
  });
  test('never invents an account or a region', () => {
    assert.deepEqual(parts(evaluated('!Ref AWS::AccountId')), [
      { type: 'account', expression: 'AWS::AccountId' },
    ]);
    assert.deepEqual(parts(evaluated('!Ref AWS::Region')), [{ type: 'region', expression: 'AWS::Region' }]);
  });
  test('to nothing that is declared points outside and is noted', () => {
    const reading = readForTest(
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref Gone}\n',
    );
    assert.equal(parts(reading.property('A', 'BucketName')).length, 1);
    assert.match(reading.noteLines.join(), /^unsupported test\.yaml:4:30 "Gone" is referred to/);
  });
  test('AWS::NoValue removes the key', () => assert.equal(evaluated('!Ref AWS::NoValue').kind, 'absent'));
});

describe('Fn::GetAtt', () => {
  const expected = [
    { type: 'reference', expression: 'Other.Arn', resource: 'cfn:test/Other', attribute: 'Arn' },
  ];
  test('takes a dotted name', () => assert.deepEqual(parts(evaluated('!GetAtt Other.Arn')), expected));
  test('takes a list', () => assert.deepEqual(parts(evaluated('!GetAtt [Other, Arn]')), expected));
  test('takes its long form', () =>
    assert.deepEqual(parts(evaluated('{"Fn::GetAtt": [Other, Arn]}')), expected));
  test('keeps dots in the attribute', () => {
    const [part] = parts(evaluated('!GetAtt Other.Endpoint.Address'));
    assert.equal(typeof part === 'object' && part.attribute, 'Endpoint.Address');
  });
});

describe('Fn::Sub', () => {
  test('fills in parameters', () => assert.equal(text('!Sub "a-${Name}-b"'), 'a-web-b'));
  test('keeps ${!Literal} as text', () => assert.equal(text('!Sub "${!Name}"'), '${Name}'));
  test('takes a map of names before the template', () =>
    assert.equal(text('!Sub ["${Name}-${X}", {X: 1, Name: mine}]'), 'mine-1'));
  test('leaves holes for what is not known', () => {
    assert.deepEqual(parts(evaluated('!Sub "arn:${AWS::Partition}:s3:::${Other}/${Other.Arn}"')), [
      'arn:',
      { type: 'partition', expression: 'AWS::Partition' },
      ':s3:::',
      { type: 'reference', expression: 'Other', resource: 'cfn:test/Other', attribute: 'Ref' },
      '/',
      { type: 'reference', expression: 'Other.Arn', resource: 'cfn:test/Other', attribute: 'Arn' },
    ]);
  });
  test('says its expression as it was written', () => {
    assert.equal(showValue(evaluated('!Sub "${Open}"', PARAMETERS)), '!Sub "${Open}"');
  });
  test('of a choice is a choice', () => {
    const value = evaluated('!Sub ["x-${A}", {A: !If [Maybe, 1, 2]}]', PARAMETERS);
    assert.equal(showValue(value), 'x-1 | x-2');
  });
});

describe('Fn::Join', () => {
  test('joins', () => assert.equal(text('!Join ["-", [a, !Ref Name, ""]]'), 'a-web-'));
  test('joins a list parameter', () => assert.equal(text('!Join ["+", !Ref Zones]'), 'a+b+c'));
  test('leaves out what is AWS::NoValue', () =>
    assert.equal(text('!Join ["-", [a, !Ref AWS::NoValue, b]]'), 'a-b'));
  test('keeps references', () => {
    assert.deepEqual(parts(evaluated('!Join ["", [x, !Ref Other]]')), [
      'x',
      { type: 'reference', expression: 'Other', resource: 'cfn:test/Other', attribute: 'Ref' },
    ]);
  });
});

describe('Fn::Select, Fn::Split and Fn::GetAZs', () => {
  test('selects', () => assert.equal(text('!Select [1, [a, b]]'), 'b'));
  test('selects from a split string', () => assert.equal(text('!Select ["2", !Split [".", a.b.c]]'), 'c'));
  test('a zone is a hole that is the same wherever it is written', () => {
    const short = parts(evaluated("!Select [1, !GetAZs '']"));
    const long = parts(evaluated('{"Fn::Select": ["1", {"Fn::GetAZs": ""}]}'));
    assert.deepEqual(short, [{ type: 'zone', expression: 'Fn::GetAZs[1]' }]);
    assert.deepEqual(long, short);
    assert.deepEqual(parts(evaluated('!Select [1, !GetAZs {Ref: AWS::Region}]')), short);
  });
  test('an item of an open list parameter stays that parameter', () => {
    assert.deepEqual(parts(evaluated('!Select [0, !Ref OpenZones]', PARAMETERS)), [
      { type: 'parameter', expression: 'OpenZones[0]' },
    ]);
  });
  test('a piece of a reference still says what it refers to', () => {
    const [part] = parts(evaluated('!Select [5, !Split [":", !GetAtt Other.Arn]]'));
    assert.equal(typeof part === 'object' && part.resource, 'cfn:test/Other');
  });
  test('an index beyond the list is an error', () => {
    const reading = readForTest(
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Select [2, [a]]}\n',
    );
    assert.match(reading.noteLines.join(), /^input test\.yaml:4:\d+ Fn::Select takes an index below/);
  });
});

describe('Fn::If and conditions', () => {
  test('a decided condition chooses', () => {
    assert.equal(text('!If [Always, yes-it-is, no]'), 'yes-it-is');
    assert.equal(text('!If [Never, a, b]'), 'b');
  });
  test('an open one keeps both', () => {
    const value = evaluated('!If [Maybe, a, !Ref AWS::NoValue]', PARAMETERS);
    assert.equal(value.kind, 'oneOf');
    assert.equal(showValue(value), 'a | (not set)');
  });
  test('both branches alike are no choice', () => assert.equal(text('!If [Maybe, a, a]'), 'a'));

  const decided = (condition: string) => {
    const reading = readForTest(
      `${PARAMETERS}  Asked: ${condition}\nResources:\n  A: {Type: AWS::S3::Bucket, Condition: Asked}\n`.replace(
        /(Conditions:\n[\s\S]*?)(Mappings:[\s\S]*?)( {2}Asked:[^\n]*\n)/,
        '$1$3$2',
      ),
    );
    return reading.resources[0]?.exists.is ?? 'no';
  };
  test('Equals, And, Or, Not and Condition', () => {
    assert.equal(decided('!And [!Condition Always, !Not [!Condition Never]]'), 'yes');
    assert.equal(decided('!Or [!Condition Never, !Equals [a, b]]'), 'no');
    assert.equal(decided('!Or [!Condition Always, !Condition Maybe]'), 'yes');
    assert.equal(decided('!And [!Condition Always, !Condition Maybe]'), 'unknown');
    assert.equal(decided('{Condition: Always}'), 'yes');
    assert.equal(decided('!Equals [1, "1"]'), 'yes');
  });
  test('an open parameter equals itself, and never a value that it may not take', () => {
    assert.equal(decided('!Equals [!Ref Stage, !Ref Stage]'), 'yes');
    assert.equal(decided('!Equals [!Ref Stage, test]'), 'no');
    assert.equal(decided('!Equals [!Ref Stage, prod]'), 'unknown');
  });
});

describe('Fn::FindInMap', () => {
  test('finds by known keys', () => assert.equal(text('!FindInMap [Sizes, !Ref Name, prod]'), 'large'));
  test('an open key leaves the values it may lead to', () => {
    const value = evaluated('!FindInMap [Sizes, !Ref Open, prod]', PARAMETERS);
    assert.equal(showValue(value), 'large | huge');
  });
  test('a missing key gives DefaultValue', () =>
    assert.equal(text('!FindInMap [Sizes, web, test, {DefaultValue: medium}]'), 'medium'));
});

describe('Fn::Cidr, Fn::Base64, Fn::Length, Fn::ToJsonString', () => {
  test('cuts an address block', () => {
    const shown = itemsOf(evaluated('!Cidr [10.0.0.0/16, 3, 8]')).map(stringFrom);
    assert.deepEqual(shown, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']);
    assert.equal(text('!Select [1, !Cidr ["2001:db8::/56", 2, 64]]'), '2001:db8:0:1::/64');
  });
  test('encodes', () => assert.equal(text('!Base64 hello'), 'aGVsbG8='));
  test('counts', () => assert.equal(text('{"Fn::Length": [1, 2, 3]}'), '3'));
  test('writes JSON', () =>
    assert.equal(text('{"Fn::ToJsonString": {a: [1, true], b: !Ref Name}}'), '{"a":[1,true],"b":"web"}'));
});

describe('dynamic references', () => {
  test('are one hole that keeps the secret it names', () => {
    const value = evaluated("!Sub '{{resolve:secretsmanager:${Other}:SecretString:password}}'");
    assert.ok(value.kind === 'unknown');
    assert.equal(value.why, 'dynamic-reference');
    assert.deepEqual(value.parts, [
      {
        type: 'other',
        expression: '{{resolve:secretsmanager:${Other}:SecretString:password}}',
        resource: 'cfn:test/Other',
        attribute: 'Ref',
      },
    ]);
  });
  test('inside a text leave the rest known', () => {
    assert.deepEqual(parts(evaluated('"x={{resolve:ssm:/a/b}}!"')), [
      'x=',
      { type: 'other', expression: '{{resolve:ssm:/a/b}}' },
      '!',
    ]);
  });
});

describe('what cannot be carried out', () => {
  test('Fn::Transform stays unknown and is noted', () => {
    const reading = readForTest(
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: {"Fn::Transform": {Name: Mine}}}\n',
    );
    assert.equal(reading.property('A', 'BucketName').kind, 'unknown');
    assert.match(reading.noteLines.join(), /^unsupported .*macro/);
  });
  test('an unknown function stays unknown and is noted', () => {
    const reading = readForTest(
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: {"Fn::Foo": 1}}\n',
    );
    assert.equal(reading.property('A', 'BucketName').kind, 'unknown');
    assert.match(reading.noteLines.join(), /Fn::Foo is not known/);
  });
});
