import { booleanFrom, known } from '../../../model/value.ts';
import { block, type Field, type Fields, json, single, tags } from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';
import { derivePolicy } from './derived-policies.ts';

const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

const KEY: Fields = {
  description: 'Description',
  policy: json('KeyPolicy'),
  enable_key_rotation: 'EnableKeyRotation',
  rotation_period_in_days: 'RotationPeriodInDays',
  key_usage: 'KeyUsage',
  customer_master_key_spec: 'KeySpec',
  is_enabled: 'Enabled',
  multi_region: 'MultiRegion',
  deletion_window_in_days: 'PendingWindowInDays',
  tags: tags(),
};

/** CloudFormation lists the kinds of second factor that are enabled. */
const softwareToken: Field = (value, target) => {
  const only = single(value);
  const enabled = only.kind === 'map' ? only.entries.get('enabled') : undefined;
  if (enabled && booleanFrom(enabled))
    target.append('EnabledMfas', known('SOFTWARE_TOKEN_MFA', enabled.span));
};

/** A write-only value is in no file unless it is written out; what is made or fetched at run time is nowhere. */
const writeOnly: Field = (value, target) => {
  if (value.kind === 'known') target.set('SecretString', value);
};

export const SECRET_TYPES = [
  type('aws_kms_key', 'AWS::KMS::Key', KEY, { attributes: { key_id: 'Ref' } }),
  type(
    'aws_kms_external_key',
    'AWS::KMS::Key',
    { policy: json('KeyPolicy'), enabled: 'Enabled' },
    {
      constants: { Origin: 'EXTERNAL' },
    },
  ),
  type(
    'aws_kms_replica_key',
    'AWS::KMS::ReplicaKey',
    {
      primary_key_arn: 'PrimaryKeyArn',
      policy: json('KeyPolicy'),
      enabled: 'Enabled',
    },
    { attributes: { key_id: 'Ref' } },
  ),
  type(
    'aws_kms_alias',
    'AWS::KMS::Alias',
    { name: 'AliasName', target_key_id: 'TargetKeyId' },
    {
      attributes: { name: 'Ref' },
    },
  ),
  type(
    'aws_secretsmanager_secret',
    'AWS::SecretsManager::Secret',
    { name: 'Name', description: 'Description', kms_key_id: 'KmsKeyId', tags: tags() },
    {
      attributes: ARN_IS_REF,
      derive: (resource) =>
        derivePolicy(
          'policy',
          'AWS::SecretsManager::ResourcePolicy',
          'SecretId',
        )(resource).map((derived) => {
          const properties = new Map(derived.properties);
          const policy = properties.get('PolicyDocument');
          properties.delete('PolicyDocument');
          if (policy) properties.set('ResourcePolicy', policy);
          return { ...derived, properties };
        }),
    },
  ),
  type('aws_secretsmanager_secret_rotation', 'AWS::SecretsManager::RotationSchedule', {
    secret_id: 'SecretId',
    rotation_lambda_arn: 'RotationLambdaARN',
    rotate_immediately: 'RotateImmediatelyOnUpdate',
    rotation_rules: block('RotationRules', {
      automatically_after_days: 'AutomaticallyAfterDays',
      schedule_expression: 'ScheduleExpression',
      duration: 'Duration',
    }),
  }),
  type('aws_secretsmanager_secret_policy', 'AWS::SecretsManager::ResourcePolicy', {
    secret_arn: 'SecretId',
    policy: json('ResourcePolicy'),
    block_public_policy: 'BlockPublicPolicy',
  }),
  type(
    'aws_ssm_parameter',
    'AWS::SSM::Parameter',
    {
      name: 'Name',
      type: 'Type',
      value: 'Value',
      insecure_value: 'Value',
      tier: 'Tier',
    },
    { attributes: { name: 'Ref' }, secrets: ['value'] },
  ),
  type(
    'aws_acm_certificate',
    'AWS::CertificateManager::Certificate',
    {
      domain_name: 'DomainName',
      subject_alternative_names: 'SubjectAlternativeNames',
      validation_method: 'ValidationMethod',
      key_algorithm: 'KeyAlgorithm',
      certificate_authority_arn: 'CertificateAuthorityArn',
      tags: tags(),
    },
    { attributes: ARN_IS_REF, secrets: ['private_key'] },
  ),
  type('aws_cognito_user_pool', 'AWS::Cognito::UserPool', {
    name: 'UserPoolName',
    mfa_configuration: 'MfaConfiguration',
    software_token_mfa_configuration: softwareToken,
    user_pool_add_ons: block('UserPoolAddOns', { advanced_security_mode: 'AdvancedSecurityMode' }),
    password_policy: block('Policies.PasswordPolicy', {
      minimum_length: 'MinimumLength',
      require_lowercase: 'RequireLowercase',
      require_uppercase: 'RequireUppercase',
      require_numbers: 'RequireNumbers',
      require_symbols: 'RequireSymbols',
      temporary_password_validity_days: 'TemporaryPasswordValidityDays',
    }),
    admin_create_user_config: block('AdminCreateUserConfig', {
      allow_admin_create_user_only: 'AllowAdminCreateUserOnly',
    }),
    deletion_protection: 'DeletionProtection',
  }),
  type('aws_cognito_user_pool_client', 'AWS::Cognito::UserPoolClient', {
    name: 'ClientName',
    user_pool_id: 'UserPoolId',
    generate_secret: 'GenerateSecret',
    explicit_auth_flows: 'ExplicitAuthFlows',
    allowed_oauth_flows: 'AllowedOAuthFlows',
    callback_urls: 'CallbackURLs',
  }),
  type('aws_cognito_user_pool_domain', 'AWS::Cognito::UserPoolDomain', {
    domain: 'Domain',
    user_pool_id: 'UserPoolId',
  }),
  type('aws_cognito_identity_pool', 'AWS::Cognito::IdentityPool', {
    identity_pool_name: 'IdentityPoolName',
    allow_unauthenticated_identities: 'AllowUnauthenticatedIdentities',
  }),
];

export const SECRET_JOINS = [
  join('aws_kms_key_policy', ['key_id', 'AWS::KMS::Key'], { policy: json('KeyPolicy') }),
  join(
    'aws_secretsmanager_secret_version',
    ['secret_id', 'AWS::SecretsManager::Secret'],
    { secret_string: 'SecretString', secret_string_wo: writeOnly },
    { secrets: ['secret_string'] },
  ),
  join('aws_acm_certificate_validation', ['certificate_arn', 'AWS::CertificateManager::Certificate'], {}),
];
