import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type App, NestedStack, Stack } from 'aws-cdk-lib/core';

/** An app without servers: a distribution over a bucket, an HTTP API with a function, a table in a nested stack. */
export function serverlessApp(app: App, region = 'us-east-1'): Stack {
  const stack = new Stack(app, 'Serverless', { env: { account: '111122223333', region } });
  const site = new Bucket(stack, 'Site');
  new Distribution(stack, 'Edge', {
    defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(site) },
    defaultRootObject: 'index.html',
  });
  const data = new NestedStack(stack, 'Data');
  const table = new Table(data, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const handler = new LambdaFunction(stack, 'Handler', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    environment: { TABLE: table.tableName },
  });
  table.grantReadWriteData(handler);
  new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Orders', handler) });
  new UserPool(stack, 'Customers');
  return stack;
}
