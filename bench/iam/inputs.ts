/** The policies and requests that both engines decide, as plain JSON. */
export interface BenchInputs {
  readonly identity: readonly unknown[];
  readonly boundary: unknown;
  readonly scp: unknown;
  readonly resource: unknown;
  readonly requests: readonly BenchRequest[];
}

export interface BenchRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

export const ACCOUNT = '111122223333';
export const USER = `arn:aws:iam::${ACCOUNT}:user/alice`;

function policy(...statements: readonly unknown[]): unknown {
  return { Version: '2012-10-17', Statement: statements };
}

/** Inputs with so many identity policies. */
export function benchInputs(policies: number, requests: number): BenchInputs {
  const identity = Array.from({ length: policies }, (_, index) =>
    policy(
      {
        Effect: 'Allow',
        Action: ['s3:Get*', 's3:List*', 'ec2:Describe*'],
        Resource: [`arn:aws:s3:::bucket-${index}/*`, `arn:aws:s3:::bucket-${index}`],
        Condition: { StringEquals: { 'aws:PrincipalTag/team': `team-${index % 5}` } },
      },
      {
        Effect: 'Deny',
        Action: 's3:Delete*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
    ),
  );
  const actions = ['s3:GetObject', 's3:GetObject', 's3:DeleteObject', 's3:GetObjectTagging'];
  return {
    identity,
    boundary: policy({ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }),
    scp: policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
      },
    ),
    resource: policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
    requests: Array.from({ length: requests }, (_, index) => ({
      action: actions[index % actions.length] as string,
      resource: `arn:aws:s3:::bucket-${index % (policies + 2)}/key-${index}`,
      context: {
        'aws:PrincipalTag/team': `team-${index % 5}`,
        'aws:SourceIp': `10.1.2.${index % 250}`,
        'aws:RequestedRegion': index % 11 === 0 ? 'ap-south-1' : 'eu-west-1',
        'aws:SecureTransport': index % 13 === 0 ? 'false' : 'true',
      },
    })),
  };
}
