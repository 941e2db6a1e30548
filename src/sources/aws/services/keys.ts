import type { Api, Collector, FoundResource } from '../api.ts';
import { mapOf, pick, policyOf, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Keys of the account's own; those that AWS manages are left out. */
export const keys: Collector = {
  id: 'keys',
  service: 'kms',
  where: 'region',
  types: ['AWS::KMS::Key', 'AWS::KMS::Alias'],
  actions: {
    ListKeys: 'kms:ListKeys',
    ListAliases: 'kms:ListAliases',
    DescribeKey: 'kms:DescribeKey',
    GetKeyPolicy: 'kms:GetKeyPolicy',
    GetKeyRotationStatus: 'kms:GetKeyRotationStatus',
  },
  async read(api) {
    const found = await api.all('ListKeys', 'Keys');
    const aliases = await api.some('ListAliases', 'Aliases', ['AWS::KMS::Alias']);
    const each = await Promise.all(found.map((key) => ownKey(api, textOf(key, 'KeyId'))));
    const own = each.flat();
    const known = new Set(own.map((key) => key.name));
    return [
      ...own,
      ...aliases
        .filter((alias) => known.has(textOf(alias, 'TargetKeyId')))
        .map((alias) =>
          here(api, {
            id: textOf(alias, 'AliasArn'),
            type: 'AWS::KMS::Alias',
            name: textOf(alias, 'AliasName'),
            names: { Ref: textOf(alias, 'AliasName') },
            properties: pick(alias, ['AliasName', 'TargetKeyId']),
          }),
        ),
    ];
  },
};

async function ownKey(api: Api, id: string): Promise<readonly FoundResource[]> {
  const metadata = mapOf(await api.call('DescribeKey', { KeyId: id }), 'KeyMetadata');
  if (textOf(metadata, 'KeyManager') === 'AWS') return [];
  const policy = await api.detail('GetKeyPolicy', { KeyId: id, PolicyName: 'default' });
  const rotates = textOf(metadata, 'KeySpec') === 'SYMMETRIC_DEFAULT';
  const rotation = rotates ? await api.detail('GetKeyRotationStatus', { KeyId: id }) : undefined;
  return [
    here(api, {
      id: textOf(metadata, 'Arn'),
      type: 'AWS::KMS::Key',
      name: id,
      names: { Ref: id, Arn: textOf(metadata, 'Arn') },
      unread: [
        ...(policy.is === 'unread' ? ['KeyPolicy'] : []),
        ...(rotation?.is === 'unread' ? ['EnableKeyRotation'] : []),
      ],
      properties: {
        ...pick(metadata, [
          'KeyId',
          'Description',
          'Enabled',
          'KeySpec',
          'KeyUsage',
          'MultiRegion',
          'Origin',
          'KeyState',
          'DeletionDate',
        ]),
        ...(policy.is === 'read' ? { KeyPolicy: policyOf(policy.output, 'Policy') } : {}),
        ...(rotation?.is === 'read'
          ? { EnableKeyRotation: rotation.output.KeyRotationEnabled === true }
          : {}),
      },
    }),
  ];
}
