/**
 * Messages for the codecs, of the kinds that services with JSON send: short requests, long lists, trees, blobs,
 * times, maps with names of the user's, texts that must be escaped and texts that are not ASCII. All values are
 * made up; the structures are AWS's.
 */
import * as CloudWatchLogs from '@aws-sdk/client-cloudwatch-logs';
import * as DynamoDb from '@aws-sdk/client-dynamodb';
import * as Ecs from '@aws-sdk/client-ecs';
import * as Kms from '@aws-sdk/client-kms';
import * as Lambda from '@aws-sdk/client-lambda';
import * as Organizations from '@aws-sdk/client-organizations';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';

/** One message, by the model of its service. */
export interface Message {
  readonly client: object;
  readonly operation: string;
  readonly side: 'input' | 'output';
  readonly value: object;
}

const ACCOUNT = '000012345678';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const DAY = 86_400_000;
const START = 1_790_000_000_000;

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const bytes = (count: number) => Buffer.from(times(count, (index) => (index * 37 + 11) % 256));

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: times(3, (index) => ({
    Sid: `Statement${index}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: ['kms:Encrypt', 'kms:Decrypt'],
    Resource: '*',
  })),
});

export const MESSAGES: readonly Message[] = [
  {
    client: Kms,
    operation: 'Encrypt',
    side: 'input',
    value: {
      KeyId: KEY,
      Plaintext: bytes(64),
      EncryptionContext: { purpose: 'bench', owner: 'somebody' },
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    },
  },
  {
    client: Kms,
    operation: 'GenerateDataKey',
    side: 'output',
    value: { CiphertextBlob: bytes(184), Plaintext: bytes(32), KeyId: KEY },
  },
  {
    client: Kms,
    operation: 'DescribeKey',
    side: 'output',
    value: {
      KeyMetadata: {
        AWSAccountId: ACCOUNT,
        KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
        Arn: KEY,
        CreationDate: new Date(START + 123),
        Enabled: true,
        Description: 'Orders and their receipts',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
      },
    },
  },
  {
    client: Kms,
    operation: 'ListAliases',
    side: 'output',
    value: {
      Aliases: times(50, (index) => ({
        AliasName: `alias/team-${index}/orders`,
        AliasArn: `arn:aws:kms:us-east-1:${ACCOUNT}:alias/team-${index}/orders`,
        TargetKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
        CreationDate: new Date(START + index * DAY),
        LastUpdatedDate: new Date(START + index * DAY + 4_567),
      })),
      Truncated: false,
    },
  },
  {
    client: Kms,
    operation: 'PutKeyPolicy',
    side: 'input',
    value: { KeyId: KEY, PolicyName: 'default', Policy: policy, BypassPolicyLockoutSafetyCheck: false },
  },
  {
    client: Organizations,
    operation: 'ListAccounts',
    side: 'output',
    value: {
      Accounts: times(20, (index) => ({
        Id: String(100_000_000_000 + index),
        Arn: `arn:aws:organizations::${ACCOUNT}:account/o-exampleorgid/${100_000_000_000 + index}`,
        Email: `account-${index}@example.com`,
        Name: index % 4 === 0 ? `\u672c\u756a\u74b0\u5883 ${index}` : `Production ${index}`,
        Status: 'ACTIVE',
        State: 'ACTIVE',
        JoinedMethod: 'CREATED',
        JoinedTimestamp: new Date(START + index * DAY),
      })),
    },
  },
  {
    client: SecretsManager,
    operation: 'CreateSecret',
    side: 'input',
    value: {
      Name: 'production/orders/database',
      ClientRequestToken: '01234567-89ab-cdef-0123-456789abcdef',
      Description: 'The database of the orders',
      SecretString:
        '{"username":"orders","password":"correct horse \\\\ battery","host":"db.example.com","port":5432}',
      Tags: times(5, (index) => ({ Key: `tag-${index}`, Value: `value of ${index}` })),
    },
  },
  {
    client: DynamoDb,
    operation: 'PutItem',
    side: 'input',
    value: {
      TableName: 'orders',
      Item: {
        id: { S: 'order#000012345' },
        total: { N: '1234.56' },
        paid: { BOOL: true },
        token: { B: bytes(24) },
        note: { NULL: true },
        labels: { SS: ['gift', 'express', 'fragile'] },
        address: {
          M: { street: { S: '1 Example Street' }, city: { S: 'Z\u00fcrich' }, zip: { S: '8000' } },
        },
        lines: {
          L: times(8, (index) => ({
            M: { sku: { S: `sku-${index}` }, count: { N: String(index) }, price: { N: `${index}9.90` } },
          })),
        },
      },
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValues: 'NONE',
    },
  },
  {
    client: CloudWatchLogs,
    operation: 'PutLogEvents',
    side: 'input',
    value: {
      logGroupName: '/aws/lambda/orders',
      logStreamName: '2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef',
      logEvents: times(25, (index) => ({
        timestamp: START + index * 17,
        message: `{"level":"info","request":"${index}","path":"/orders/${index}","ms":${index * 3}}\n`,
      })),
    },
  },
  {
    client: Ecs,
    operation: 'DescribeTasks',
    side: 'output',
    value: {
      tasks: times(4, (index) => ({
        taskArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:task/main/${index}0123456789abcdef0123456789abcde`,
        clusterArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/main`,
        taskDefinitionArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/orders:12`,
        attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
        containers: times(2, (container) => ({
          containerArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:container/main/${container}`,
          name: `container-${container}`,
          image: 'registry.example.com/orders:1.2.3',
          lastStatus: 'RUNNING',
          networkInterfaces: [{ attachmentId: `attachment-${index}`, privateIpv4Address: '10.0.0.12' }],
          healthStatus: 'HEALTHY',
          cpu: '256',
          memory: '512',
        })),
        cpu: '512',
        memory: '1024',
        createdAt: new Date(START + index),
        startedAt: new Date(START + 20_000 + index),
        desiredStatus: 'RUNNING',
        lastStatus: 'RUNNING',
        launchType: 'FARGATE',
        version: 4,
        tags: [],
      })),
      failures: [],
    },
  },
  {
    client: Lambda,
    operation: 'GetFunctionConfiguration',
    side: 'output',
    value: {
      FunctionName: 'orders',
      FunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:orders`,
      Runtime: 'nodejs24.x',
      Role: `arn:aws:iam::${ACCOUNT}:role/orders`,
      Handler: 'index.handler',
      CodeSize: 123_456,
      Description: '',
      Timeout: 30,
      MemorySize: 512,
      LastModified: '2026-11-24T00:00:00.000+0000',
      CodeSha256: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      Version: '$LATEST',
      VpcConfig: {
        SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        SecurityGroupIds: ['sg-0123456789abcdef0'],
        VpcId: 'vpc-0123456789abcdef0',
      },
      Environment: {
        Variables: { TABLE: 'orders', LOG_LEVEL: 'info', ENDPOINT: 'https://api.example.com/v1' },
      },
      TracingConfig: { Mode: 'Active' },
      Layers: [{ Arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:layer:shared:3`, CodeSize: 9_876 }],
      State: 'Active',
      PackageType: 'Zip',
      Architectures: ['arm64'],
      EphemeralStorage: { Size: 512 },
    },
  },
];
