import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeOf } from '../../../kernel/source-file.ts';
import { itemsOf, referenceFrom, referencesIn, showValue, stringFrom } from '../../../model/value.ts';
import { readForTest } from '../testing.ts';

const read = (body: string) =>
  readForTest(`AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\n${body}`);

const types = (body: string) =>
  Object.fromEntries(read(body).resources.map(({ name, type }) => [name, type]));

describe('AWS::Serverless::Function', () => {
  const web = read(`
Globals:
  Function:
    Runtime: nodejs22.x
    Environment: {Variables: {A: global, B: global}}
Resources:
  Web:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://code/web.zip
      Tracing: Active
      Environment: {Variables: {A: own}}
      Policies:
        - AmazonS3ReadOnlyAccess
        - Version: '2012-10-17'
          Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]
        - S3ReadPolicy: {BucketName: files}
`);

  test('becomes a Lambda function with its globals below its own properties', () => {
    assert.equal(web.resource('Web').type, 'AWS::Lambda::Function');
    assert.equal(stringFrom(web.property('Web', 'Runtime')), 'nodejs22.x');
    assert.equal(showValue(web.property('Web', 'Environment', 'Variables')), '{A: own, B: global}');
    assert.equal(showValue(web.property('Web', 'Code')), '{S3Bucket: code, S3Key: web.zip}');
  });

  test('gets a role of its own with the policies that it asks for', () => {
    assert.deepEqual(referenceFrom(web.property('Web', 'Role')), {
      resource: 'cfn:test/WebRole',
      attribute: 'Arn',
    });
    const managed = itemsOf(web.property('WebRole', 'ManagedPolicyArns')).map(showValue);
    assert.equal(managed.filter((arn) => arn.includes('AWSLambdaBasicExecutionRole')).length, 1);
    assert.equal(managed.filter((arn) => arn.includes('AWSXRayDaemonWriteAccess')).length, 1);
    const [inline] = itemsOf(web.property('WebRole', 'Policies'));
    assert.match(showValue(inline ?? web.property('WebRole')), /Action: s3:\*/);
  });

  test('what a policy template allows stays unknown and is noted with its line', () => {
    assert.equal(web.property('WebRole', 'Policies', 1, 'PolicyDocument').kind, 'unknown');
    assert.match(web.noteLines.join('\n'), /unsupported test\.yaml:19/);
  });

  test('what is made stands where the function is declared and shows no other text of it', () => {
    const role = web.property('Web', 'Role');
    assert.equal(placeOf(role.span).line, 9);
    assert.equal(showValue(role), 'WebRole.Arn');
  });

  test('a role that is given is used, and no other is made', () => {
    const made = types(
      'Resources:\n  Web:\n    Type: AWS::Serverless::Function\n    Properties: {Role: "arn:aws:iam::1:role/x"}\n',
    );
    assert.deepEqual(made, { Web: 'AWS::Lambda::Function' });
  });

  test('an open function URL is open to everybody', () => {
    const reading = read(
      'Resources:\n  Web:\n    Type: AWS::Serverless::Function\n    Properties: {FunctionUrlConfig: {AuthType: NONE}}\n',
    );
    assert.equal(stringFrom(reading.property('WebUrl', 'AuthType')), 'NONE');
    assert.equal(stringFrom(reading.property('WebUrlPublicPermissions', 'Principal')), '*');
  });
});

describe('events', () => {
  const reading = read(`
Resources:
  Web:
    Type: AWS::Serverless::Function
    Condition: Wanted
    Properties:
      Role: arn:aws:iam::1:role/x
      Events:
        List: {Type: Api, Properties: {Path: /items, Method: GET, Auth: {Authorizer: AWS_IAM}}}
        Add: {Type: Api, Properties: {Path: /items, Method: post}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 5}}
        Odd: {Type: Cognito, Properties: {}}
  Queue: {Type: AWS::SQS::Queue}
Conditions: {Wanted: !Equals [a, a]}
Outputs:
  Url: {Value: !Sub 'https://\${ServerlessRestApi}.example'}
`);

  test('routes make the implicit API, its stage and what each method leads to', () => {
    const paths = reading.property('ServerlessRestApi', 'Body', 'paths', '/items');
    assert.ok(paths.kind === 'map');
    assert.deepEqual([...paths.entries.keys()], ['get', 'post']);
    assert.ok(referencesIn(paths).every(({ resource }) => resource === 'cfn:test/Web'));
    assert.equal(
      showValue(reading.property('ServerlessRestApi', 'Body', 'paths', '/items', 'get', 'security')),
      '[{AWS_IAM: []}]',
    );
    assert.equal(stringFrom(reading.property('ServerlessRestApiProdStage', 'StageName')), 'Prod');
  });

  test('schedules, queues and permissions become resources', () => {
    assert.equal(stringFrom(reading.property('WebTick', 'ScheduleExpression')), 'rate(1 hour)');
    assert.equal(referenceFrom(reading.property('WebJobs', 'EventSourceArn'))?.resource, 'cfn:test/Queue');
    assert.equal(stringFrom(reading.property('WebListPermission', 'Principal')), 'apigateway.amazonaws.com');
  });

  test('a kind that is not expanded is noted', () => {
    assert.match(reading.notes.map(({ what }) => what).join(), /Web event Odd \(Cognito\)/);
  });
});

describe('the other types', () => {
  test('APIs, tables, state machines, layers and applications', () => {
    const made = types(`
Resources:
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
  Http: {Type: AWS::Serverless::HttpApi}
  Table: {Type: AWS::Serverless::SimpleTable}
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A}}}
  Layer: {Type: AWS::Serverless::LayerVersion}
  App: {Type: AWS::Serverless::Application, Properties: {Location: ./app.yaml}}
`);
    assert.deepEqual(made, {
      Rest: 'AWS::ApiGateway::RestApi',
      RestDeployment: 'AWS::ApiGateway::Deployment',
      Restv1Stage: 'AWS::ApiGateway::Stage',
      Http: 'AWS::ApiGatewayV2::Api',
      HttpApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
      Table: 'AWS::DynamoDB::Table',
      Machine: 'AWS::StepFunctions::StateMachine',
      MachineRole: 'AWS::IAM::Role',
      Layer: 'AWS::Lambda::LayerVersion',
      App: 'AWS::CloudFormation::Stack',
    });
  });

  test('one that is not expanded keeps its type and is noted', () => {
    const reading = read('Resources:\n  G: {Type: AWS::Serverless::GraphQLApi}\n');
    assert.equal(reading.resource('G').type, 'AWS::Serverless::GraphQLApi');
    assert.match(reading.noteLines.join(), /^unsupported test\.yaml:4/);
  });
});
