import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stackNames } from './stack-names.ts';
import { graphOf, graphOfAll, resource } from './testing.ts';

describe('names of stacks', () => {
  const names = (...shown: readonly string[]) =>
    stackNames(shown.map((each) => ({ shown: each, declared: undefined, environment: undefined })));

  test('are the names of the files, without their endings', () => {
    assert.deepEqual(names('infra/network.yaml', 'app.template.json', 'db.template'), [
      'network',
      'app',
      'db',
    ]);
  });
  test('that clash are told apart by folder, then by number', () => {
    assert.deepEqual(names('a/template.yaml', 'b/template.yaml'), ['a', 'b']);
    assert.deepEqual(names('x.yaml', 'x.json'), ['x', 'x-2']);
  });
  test('never come from above the working directory', () => {
    assert.deepEqual(names('../../home/me/x.yaml', '../other/x.yaml'), ['home.me.x', 'other.x']);
  });
  test('that are declared win, and a template beside the declaration is the environment', () => {
    const named = stackNames([
      { shown: 'a.yaml', declared: 'shop', environment: 'all' },
      { shown: 'template.yaml', declared: undefined, environment: 'all' },
    ]);
    assert.deepEqual(named, ['shop', 'all']);
  });
});

describe('resources that call each other by name', () => {
  const joined = (policyBucket: string, bucketName: string) => {
    const graph = graphOf(`
Parameters: {Name: {Type: String}}
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: ${bucketName}}}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: ${policyBucket}, PolicyDocument: {}}}
`);
    return graph.referrersOfType(resource(graph, 'Files'), 'AWS::S3::BucketPolicy').length === 1;
  };

  test('are joined by a literal, by a parameter and by a text with the same holes', () => {
    assert.ok(joined('files', 'files'));
    assert.ok(joined('!Ref Name', '!Ref Name'));
    assert.ok(joined('!Sub "${Name}-${AWS::AccountId}"', '!Join ["-", [!Ref Name, !Ref AWS::AccountId]]'));
  });
  test('are not joined by another name', () => {
    assert.ok(!joined('files', 'others'));
    assert.ok(!joined('files', '!Ref Name'));
  });
  test('are joined by an ARN that names no account, never by one that does', () => {
    const graph = (arn: string) =>
      graphOf(`
Resources:
  Deploy: {Type: AWS::IAM::Role, Properties: {RoleName: deploy, AssumeRolePolicyDocument: {}}}
  Worker: {Type: AWS::Lambda::Function, Properties: {Role: ${arn}, Code: {}}}
`);
    const role = (arn: string) => {
      const made = graph(arn);
      return made.referrers(resource(made, 'Deploy')).length;
    };
    assert.equal(role('!Sub "arn:aws:iam::${AWS::AccountId}:role/deploy"'), 1);
    assert.equal(role('arn:aws:iam::123456789012:role/deploy'), 0);
  });
  test('a parameter of another stack is another parameter', () => {
    const part = (name: string, properties: string) =>
      `Parameters: {Name: {Type: String}}\nResources:\n  ${name}: {Type: ${properties}}\n`;
    const graph = graphOfAll({
      a: part('Files', 'AWS::S3::Bucket, Properties: {BucketName: !Ref Name}'),
      b: part('Policy', 'AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Name}'),
    });
    assert.deepEqual(graph.referrers(resource(graph, 'Files')), []);
  });
});
