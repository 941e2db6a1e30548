/**
 * One operation of each protocol, round trip with the client of the AWS SDK itself: it serialises the request
 * that is read here, and reads the response that is written here. An SDK whose schemas change their form
 * fails these tests.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import * as Ec2 from '@aws-sdk/client-ec2';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as Iam from '@aws-sdk/client-iam';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import * as Kms from '@aws-sdk/client-kms';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import * as Lambda from '@aws-sdk/client-lambda';
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import * as S3 from '@aws-sdk/client-s3';
import {
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { awsError } from './aws-error.ts';
import { wireRequest } from './http/incoming.ts';
import type { WireResponse } from './message.ts';
import { type Routed, wireError } from './protocol/protocol.ts';
import { serviceProtocols } from './protocol/service-protocols.ts';
import { type ServiceModel, serviceModel } from './schema/service-model.ts';

interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Stands where the client would send: answers with what `serve` makes of the request. */
function handler(model: ServiceModel, serve: (routed: Routed) => WireResponse) {
  const { protocolOf } = serviceProtocols(model);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: ClientRequest) {
      const query = Object.entries(request.query ?? {})
        .flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value]).map((each) => [name, each] as const),
        )
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`)
        .join('&');
      const headers = new Map(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const),
      );
      const wire = wireRequest(
        request.method,
        query === '' ? request.path : `${request.path}?${query}`,
        headers,
        request.body instanceof Uint8Array ? Buffer.from(request.body) : Buffer.from(`${request.body ?? ''}`),
      );
      const routed = protocolOf(wire).route(wire);
      assert.ok(routed?.shape, 'the request is routed');
      const { status, headers: answered, body } = serve(routed);
      return {
        response: {
          statusCode: status,
          headers: { ...answered },
          body: Readable.from([Buffer.from(body as string)]),
        },
      };
    },
  };
}

const CONFIG = {
  region: 'us-east-1',
  endpoint: 'http://localhost',
  maxAttempts: 1,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

/** A handler that expects an input and gives an output. */
function answering(module: object, input: unknown, output: object) {
  return {
    ...CONFIG,
    requestHandler: handler(serviceModel(module), (routed) => {
      assert.deepEqual(routed.read(), input);
      return routed.answer.output(routed.shape as NonNullable<Routed['shape']>, output, 'the-id');
    }) as never,
  };
}

/** A handler that refuses everything with an error. */
function refusing(module: object, code: string, query: boolean) {
  const model = serviceModel(module);
  return {
    ...CONFIG,
    requestHandler: handler(model, (routed) =>
      routed.answer.error(wireError(model, awsError(code, 'It is not there.'), query), 'the-id'),
    ) as never,
  };
}

const AT = new Date('2026-03-01T12:00:00Z');

describe('a client of the SDK is understood, and understands', () => {
  test('awsJson1_1 (KMS)', async () => {
    const input = { KeyId: 'k', Plaintext: Buffer.from('secret'), EncryptionContext: { a: 'b' } };
    const output = { CiphertextBlob: Buffer.from('blob'), KeyId: 'arn' };
    const answer = await new KMSClient(answering(Kms, input, output)).send(new EncryptCommand(input));
    assert.deepEqual([Buffer.from(answer.CiphertextBlob ?? '').toString(), answer.KeyId], ['blob', 'arn']);
    const refused = new KMSClient(refusing(Kms, 'NotFoundException', false)).send(new EncryptCommand(input));
    await assert.rejects(refused, (error) => error instanceof Kms.NotFoundException);
  });

  test('awsJson1_1 answers 400 and 500 only, whatever the model says of an error', () => {
    const model = serviceModel(Kms);
    const statusOf = (code: string) => wireError(model, awsError(code, ''), false).status;
    const refused = ['NotFoundException', 'DisabledException', 'DryRunOperationException', 'TagException'];
    assert.deepEqual(refused.map(statusOf), [400, 400, 400, 400]);
    assert.deepEqual(['KMSInternalException', 'DependencyTimeoutException'].map(statusOf), [500, 500]);
  });

  const metric = {
    Namespace: 'n',
    MetricData: [{ MetricName: 'm', Timestamp: AT, Value: 1.5, Dimensions: [{ Name: 'd', Value: 'v' }] }],
  };

  test('awsJson1_0 (CloudWatch)', async () => {
    const client = new CloudWatchClient(answering(CloudWatch, metric, {}));
    const { $metadata } = await client.send(new PutMetricDataCommand(metric));
    assert.equal($metadata.requestId, 'the-id');
  });

  test('awsJson1_0 in the query-compatible mode (CloudWatch)', async () => {
    const client = new CloudWatchClient(refusing(CloudWatch, 'InvalidParameterValueException', false));
    await assert.rejects(client.send(new PutMetricDataCommand(metric)), {
      name: 'InvalidParameterValueException',
    });
  });

  test('rpcv2Cbor (CloudWatch)', async () => {
    const cbor = { protocol: SmithyRpcV2CborProtocol };
    const client = new CloudWatchClient({ ...answering(CloudWatch, metric, {}), ...cbor });
    await client.send(new PutMetricDataCommand(metric));
    const output = { MetricDataResults: [{ Id: 'i', Timestamps: [AT], Values: [1.5] }] };
    const input = { MetricDataQueries: [], StartTime: AT, EndTime: AT };
    const asked = new CloudWatchClient({ ...answering(CloudWatch, input, output), ...cbor });
    const answer = await asked.send(new CloudWatch.GetMetricDataCommand(input));
    assert.deepEqual(answer.MetricDataResults, output.MetricDataResults);
    const refused = new CloudWatchClient({
      ...refusing(CloudWatch, 'InvalidParameterValueException', false),
      ...cbor,
    });
    await assert.rejects(refused.send(new PutMetricDataCommand(metric)), {
      name: 'InvalidParameterValueException',
    });
  });

  test('awsQuery (IAM)', async () => {
    const input = { UserName: 'alice & bob', Path: '/', Tags: [{ Key: 'a', Value: 'b' }] };
    const User = { UserName: 'alice & bob', Path: '/', UserId: 'i', Arn: 'arn', CreateDate: AT };
    const client = new IAMClient(answering(Iam, input, { User }));
    assert.deepEqual((await client.send(new CreateUserCommand(input))).User, User);
    const refused = new IAMClient(refusing(Iam, 'EntityAlreadyExists', true)).send(
      new CreateUserCommand(input),
    );
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof Iam.EntityAlreadyExistsException);
      assert.equal(error.$metadata.httpStatusCode, 409);
      return true;
    });
  });

  test('awsQuery tells an answer without members from no answer', () => {
    const model = serviceModel(Iam);
    const bodyOf = (operation: string) => {
      const body = `Action=${operation}&Version=${model.version}`;
      const headers = new Map([['content-type', 'application/x-www-form-urlencoded']]);
      const wire = wireRequest('POST', '/', headers, Buffer.from(body));
      const routed = serviceProtocols(model).protocolOf(wire).route(wire);
      assert.ok(routed?.shape);
      return String(routed.answer.output(routed.shape, {}, 'the-id').body);
    };
    assert.match(bodyOf('UpdateRole'), /<UpdateRoleResult><\/UpdateRoleResult><ResponseMetadata>/);
    assert.doesNotMatch(bodyOf('DeleteRole'), /Result/);
  });

  test('ec2Query (EC2)', async () => {
    const input = { InstanceIds: ['i-1', 'i-2'], Filters: [{ Name: 'n', Values: ['v'] }] };
    const output = {
      Reservations: [{ ReservationId: 'r', Instances: [{ InstanceId: 'i-1', LaunchTime: AT }] }],
    };
    const client = new EC2Client(answering(Ec2, input, output));
    const { Reservations } = await client.send(new DescribeInstancesCommand(input));
    assert.equal(Reservations?.[0]?.Instances?.[0]?.InstanceId, 'i-1');
    assert.deepEqual(Reservations?.[0]?.Instances?.[0]?.LaunchTime, AT);
    const refused = new EC2Client(refusing(Ec2, 'InvalidInstanceID.NotFound', true));
    await assert.rejects(refused.send(new DescribeInstancesCommand(input)), {
      name: 'InvalidInstanceID.NotFound',
    });
  });

  test('restJson1 (Lambda)', async () => {
    const input = { FunctionName: 'a b/c', ReservedConcurrentExecutions: 5 };
    const client = new LambdaClient(answering(Lambda, input, { ReservedConcurrentExecutions: 5 }));
    const answer = await client.send(new PutFunctionConcurrencyCommand(input));
    assert.equal(answer.ReservedConcurrentExecutions, 5);
    const refused = new LambdaClient(refusing(Lambda, 'ResourceNotFoundException', false));
    await assert.rejects(
      refused.send(new PutFunctionConcurrencyCommand(input)),
      (error) => error instanceof Lambda.ResourceNotFoundException,
    );
  });

  test('restXml (S3)', async () => {
    const input = { Bucket: 'b', Prefix: 'p/', MaxKeys: 3 };
    const output = { Name: 'b', KeyCount: 1, Contents: [{ Key: 'p/<k>', Size: 7, LastModified: AT }] };
    const styled = { forcePathStyle: true };
    const client = new S3Client({ ...answering(S3, input, output), ...styled });
    const { Contents } = await client.send(new ListObjectsV2Command(input));
    assert.deepEqual(
      Contents?.map(({ Key, Size, LastModified }) => ({ Key, Size, LastModified })),
      output.Contents,
    );
    const tags = { Bucket: 'b', Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } };
    const tagged = new S3Client({
      ...CONFIG,
      ...styled,
      requestHandler: handler(serviceModel(S3), (routed) => {
        const { Tagging, Bucket } = routed.read() as typeof tags;
        assert.deepEqual({ Bucket, Tagging }, tags);
        return routed.answer.output(routed.shape as NonNullable<Routed['shape']>, {}, 'the-id');
      }) as never,
    });
    await tagged.send(new PutBucketTaggingCommand(structuredClone(tags)));
    const refused = new S3Client({ ...refusing(S3, 'NoSuchBucket', false), ...styled });
    await assert.rejects(
      refused.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })),
      (error) => error instanceof S3.NoSuchBucket,
    );
  });
});
