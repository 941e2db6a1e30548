import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { CONTROLS } from './registry.generated.ts';
import { runControls } from './run.ts';

const SECRET = 'correct-horse-battery';
const undecided = (value: unknown) => ({ 'Fn::If': ['Undecided', value, { Ref: 'AWS::NoValue' }] });
const joined = { 'Fn::Join': ['', [SECRET, { Ref: 'Choice' }]] };

/** Secrets where people write them: as they are, joined with a parameter, below a condition. */
const places = [SECRET, joined, undecided(SECRET)].flatMap((secret) => [
  { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: secret } },
  { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { AuthToken: secret } },
  {
    Type: 'AWS::EC2::Instance',
    Properties: { UserData: { 'Fn::Base64': { 'Fn::Join': ['', ['export DB_PASSWORD=', secret]] } } },
  },
  { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { DB_PASSWORD: secret } } } },
  {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      NetworkMode: 'host',
      ContainerDefinitions: undecided([{ Name: 'a', Environment: [{ Name: 'DB_PASSWORD', Value: secret }] }]),
    },
  },
  {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      Source: { Location: { 'Fn::Join': ['', ['https://user:', secret, '@example.com/app.git']] } },
      Environment: { EnvironmentVariables: [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: secret }] },
    },
  },
]);

test('no finding shows a secret', () => {
  const graph = graphOf({
    Parameters: { Choice: { Type: 'String' } },
    Conditions: { Undecided: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
    Resources: Object.fromEntries(places.map((place, index) => [`R${index}`, place])),
  });
  const findings = runControls(graph, CONTROLS);
  assert.ok(findings.some((finding) => finding.control === 'RDS.1003' && finding.status === 'FAIL'));
  for (const { because, control, resource, undecided: open = [] } of findings) {
    const shown = [because.en, because.ja, ...open].join('\n');
    assert.ok(!shown.includes(SECRET), `${control} ${resource}: ${shown}`);
  }
});
