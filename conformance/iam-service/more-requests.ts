/** A request as the corpus writes it. */
export interface Request {
  readonly n: number;
  readonly service: 'iam' | 'sts';
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Requests that the corpus left out, told by the names of the recordings that they led to. */
interface More {
  /** The end of the test's id. */
  readonly test: string;
  readonly requests: readonly Request[];
  readonly matches: Readonly<Record<string, number>>;
}

const CREDENTIAL = { $ref: '1.ServiceSpecificCredential.ServiceSpecificCredentialId' };
const OWN = { UserName: { $ref: '0.User.UserName' }, ServiceSpecificCredentialId: CREDENTIAL };
const iam = (n: number, operation: string, params: object): Request => ({
  n,
  service: 'iam',
  operation,
  params: { ...params },
});
const assume = (n: number, params: object): Request => ({
  n,
  service: 'sts',
  operation: 'AssumeRole',
  params: { ...params },
});

const lifecycle = (service: string): More => ({
  test: `test_service_specific_credential_lifecycle[${service}]`,
  requests: [
    iam(2, 'ListServiceSpecificCredentials', { UserName: OWN.UserName }),
    iam(3, 'UpdateServiceSpecificCredential', { ...OWN, Status: 'Inactive' }),
    iam(4, 'ListServiceSpecificCredentials', { UserName: OWN.UserName }),
    iam(5, 'ResetServiceSpecificCredential', OWN),
    iam(6, 'DeleteServiceSpecificCredential', OWN),
  ],
  matches: {
    'create-service-specific-credential-response': 1,
    'list-service-specific-credentials-response-before-update': 2,
    'update-service-specific-credential-response': 3,
    'list-service-specific-credentials-response-after-update': 4,
    'reset-service-specific-credential-response': 5,
    'delete-service-specific-credentials-response': 6,
  },
});

const WRONG = { UserName: 'wrong-user-name', ServiceSpecificCredentialId: CREDENTIAL };
const unsupported = (n: number, ServiceName: string) =>
  iam(n, 'CreateServiceSpecificCredential', { UserName: OWN.UserName, ServiceName });
const ROLE = { RoleArn: { $ref: '0.Role.Arn' }, RoleSessionName: 'Session1' };

export const MORE: readonly More[] = [
  lifecycle('codecommit.amazonaws.com'),
  lifecycle('cassandra.amazonaws.com'),
  {
    test: 'test_create_service_specific_credential_invalid_service',
    requests: [
      unsupported(1, 'nonexistentservice.amazonaws.com'),
      unsupported(2, 'o3on3n3onosneo'),
      unsupported(3, 'lambda.amazonaws.com'),
    ],
    matches: {
      'invalid-service-exception': 1,
      'invalid-service-completely-malformed-exception': 2,
      'invalid-service-existing-but-unsupported-exception': 3,
    },
  },
  {
    test: 'test_delete_user_after_service_credential_created',
    requests: [iam(2, 'DeleteUser', { UserName: OWN.UserName })],
    matches: { 'create-service-specific-credential-response': 1, 'delete-user-existing-credential': 2 },
  },
  {
    test: 'test_id_match_user_mismatch',
    requests: [
      iam(2, 'UpdateServiceSpecificCredential', { ...WRONG, Status: 'Inactive' }),
      iam(3, 'ResetServiceSpecificCredential', WRONG),
      iam(4, 'DeleteServiceSpecificCredential', WRONG),
    ],
    matches: {
      'create-service-specific-credential-response': 1,
      'update-wrong-user-name': 2,
      'reset-wrong-user-name': 3,
      'delete-wrong-user-name': 4,
    },
  },
  {
    test: 'test_invalid_update_parameters',
    requests: [iam(2, 'UpdateServiceSpecificCredential', { ...OWN, Status: 'Invalid' })],
    matches: { 'create-service-specific-credential-response': 1, 'update-invalid-status': 2 },
  },
  {
    test: 'test_assume_role_tag_validation',
    requests: [
      assume(3, {
        ...ROLE,
        Tags: [
          { Key: 'SessionTag1', Value: 'SessionValue1' },
          { Key: 'sessiontag1', Value: 'SessionValue2' },
        ],
      }),
    ],
    matches: { 'duplicate-tag-keys-different-casing': 3 },
  },
  {
    test: 'test_iam_role_chaining_override_transitive_tags',
    requests: [
      assume(5, {
        RoleArn: { $ref: '1.Role.Arn' },
        RoleSessionName: 'Session2SessionTagOverride',
        Tags: [{ Key: 'sessiontag1', Value: 'SessionValue2' }],
      }),
    ],
    matches: { 'override-transitive-tag-case-ignore-error': 5 },
  },
  {
    test: 'test_sts_invalid_parameters',
    requests: [
      assume(1, { ...ROLE, RoleArn: 'arn::b:::something/test-role' }),
      assume(2, { ...ROLE, RoleArn: 'arn:a::::something/test-role' }),
      assume(3, { ...ROLE, RoleArn: 'arn:a:::something/test-role' }),
      assume(4, { ...ROLE, RoleArn: 'arn:a:a::aaaaaaaaaa:' }),
      assume(5, { RoleArn: 'arn:aws:iam::111111111111:role/test', RoleSessionName: 'Session1:2' }),
    ],
    matches: {
      'no-partition': 1,
      'no-service': 2,
      'not-enough-colons': 3,
      'no-resource': 4,
      'invalid-session-name': 5,
    },
  },
];
