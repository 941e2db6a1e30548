import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, pick, policyOf, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Names, rotation and policies of secrets; never a value. */
export const secrets: Collector = {
  id: 'secrets',
  service: 'secrets-manager',
  where: 'region',
  types: [
    'AWS::SecretsManager::Secret',
    'AWS::SecretsManager::RotationSchedule',
    'AWS::SecretsManager::ResourcePolicy',
  ],
  actions: {
    ListSecrets: 'secretsmanager:ListSecrets',
    GetResourcePolicy: 'secretsmanager:GetResourcePolicy',
  },
  async read(api) {
    const found = await api.all('ListSecrets', 'SecretList');
    const each = await Promise.all(found.map((secret) => secretWithRules(api, secret)));
    return each.flat();
  },
};

async function secretWithRules(api: Api, secret: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(secret, 'ARN');
  const name = textOf(secret, 'Name');
  const answer = await api.detail('GetResourcePolicy', { SecretId: arn });
  const document = answer.is === 'read' ? policyOf(answer.output, 'ResourcePolicy') : undefined;
  const type = 'AWS::SecretsManager::Secret';
  const properties = pick(secret, ['Name', 'Description', 'KmsKeyId', 'Tags']);
  const found = [here(api, { id: arn, type, name, names: { Ref: arn }, properties })];
  if (secret.RotationEnabled === true) {
    const rules = { SecretId: arn, ...pick(secret, ['RotationLambdaARN', 'RotationRules']) };
    const schedule = 'AWS::SecretsManager::RotationSchedule';
    found.push(here(api, { id: `${arn}/rotation`, type: schedule, name, properties: rules }));
  }
  if (document !== undefined || answer.is === 'unread') {
    const policy = 'AWS::SecretsManager::ResourcePolicy';
    const unread = answer.is === 'unread' ? ['ResourcePolicy'] : [];
    const content = { SecretId: arn, ...given('ResourcePolicy', document) };
    found.push(
      here(api, { id: `${arn}/policy`, type: policy, name: `${name}-policy`, properties: content, unread }),
    );
  }
  return found;
}

/** Parameters of Systems Manager; values are never read. */
export const parameters: Collector = {
  id: 'parameters',
  service: 'ssm',
  where: 'region',
  types: ['AWS::SSM::Parameter'],
  actions: { DescribeParameters: 'ssm:DescribeParameters' },
  async read(api) {
    const found = await api.all('DescribeParameters', 'Parameters', { MaxResults: 50 });
    return found.map((parameter) => {
      const name = textOf(parameter, 'Name');
      return here(api, {
        id: textOf(parameter, 'ARN') || api.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
        type: 'AWS::SSM::Parameter',
        name,
        names: { Ref: name },
        unread: ['Value'],
        properties: pick(parameter, ['Name', 'Type', 'Tier', 'KeyId']),
      });
    });
  },
};
