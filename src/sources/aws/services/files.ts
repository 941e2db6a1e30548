import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, policyOf, textOf, textsOf } from '../fields.ts';
import { here } from '../found.ts';

/** File systems, where they are mounted, and what backs them up (Amazon EFS API reference). */
export const fileSystems: Collector = {
  id: 'file-systems',
  service: 'efs',
  where: 'region',
  types: ['AWS::EFS::FileSystem', 'AWS::EFS::MountTarget', 'AWS::EFS::AccessPoint'],
  actions: {
    DescribeFileSystems: 'elasticfilesystem:DescribeFileSystems',
    DescribeBackupPolicy: 'elasticfilesystem:DescribeBackupPolicy',
    DescribeFileSystemPolicy: 'elasticfilesystem:DescribeFileSystemPolicy',
    DescribeMountTargets: 'elasticfilesystem:DescribeMountTargets',
    DescribeMountTargetSecurityGroups: 'elasticfilesystem:DescribeMountTargetSecurityGroups',
    DescribeAccessPoints: 'elasticfilesystem:DescribeAccessPoints',
  },
  async read(api) {
    const found = await api.all('DescribeFileSystems', 'FileSystems');
    const systems = await Promise.all(found.map((each) => fileSystem(api, each)));
    const points = await api.some('DescribeAccessPoints', 'AccessPoints', ['AWS::EFS::AccessPoint']);
    return [
      ...systems.flat(),
      ...points.map((point) =>
        here(api, {
          id: textOf(point, 'AccessPointArn'),
          type: 'AWS::EFS::AccessPoint',
          name: textOf(point, 'Name') || textOf(point, 'AccessPointId'),
          names: { Ref: textOf(point, 'AccessPointId'), Arn: textOf(point, 'AccessPointArn') },
          properties: pick(point, ['FileSystemId', 'PosixUser', 'RootDirectory']),
        }),
      ),
    ];
  },
};

async function fileSystem(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const id = textOf(found, 'FileSystemId');
  const arn = textOf(found, 'FileSystemArn') || api.arn('elasticfilesystem', `file-system/${id}`);
  const none = ['PolicyNotFound', 'PolicyNotFoundException'];
  const [backup, policy, targets] = await Promise.all([
    api.detail('DescribeBackupPolicy', { FileSystemId: id }, { none }),
    api.detail('DescribeFileSystemPolicy', { FileSystemId: id }, { none }),
    api.all('DescribeMountTargets', 'MountTargets', { FileSystemId: id }),
  ]);
  const system = here(api, {
    id: arn,
    type: 'AWS::EFS::FileSystem',
    name: textOf(found, 'Name') || id,
    names: { Ref: id, Arn: arn },
    unread: [
      ...(backup.is === 'unread' ? ['BackupPolicy'] : []),
      ...(policy.is === 'unread' ? ['FileSystemPolicy'] : []),
    ],
    properties: {
      ...pick(found, ['FileSystemId', 'Encrypted', 'KmsKeyId', 'ThroughputMode']),
      ...given('FileSystemTags', mapsOf(found, 'Tags')),
      ...(backup.is === 'read'
        ? { BackupPolicy: pick(mapOf(backup.output, 'BackupPolicy'), ['Status']) }
        : {}),
      ...(policy.is === 'read' ? { FileSystemPolicy: policyOf(policy.output, 'Policy') } : {}),
    },
  });
  return [system, ...(await Promise.all(targets.map((each) => mountTarget(api, each))))];
}

async function mountTarget(api: Api, found: Output): Promise<FoundResource> {
  const id = textOf(found, 'MountTargetId');
  const groups = await api.detail('DescribeMountTargetSecurityGroups', { MountTargetId: id });
  return here(api, {
    id: api.arn('elasticfilesystem', `mount-target/${id}`),
    type: 'AWS::EFS::MountTarget',
    name: id,
    names: { Ref: id },
    unread: groups.is === 'unread' ? ['SecurityGroups'] : [],
    properties: {
      ...pick(found, ['FileSystemId', 'SubnetId']),
      ...(groups.is === 'read' ? { SecurityGroups: textsOf(groups.output, 'SecurityGroups') } : {}),
    },
  });
}

const KINDS = ['WindowsConfiguration', 'LustreConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];
const KEPT = ['AutomaticBackupRetentionDays', 'CopyTagsToBackups', 'CopyTagsToVolumes', 'DeploymentType'];

/** File systems of other makes (Amazon FSx API reference). */
export const otherFileSystems: Collector = {
  id: 'other-file-systems',
  service: 'fsx',
  where: 'region',
  types: ['AWS::FSx::FileSystem'],
  actions: { DescribeFileSystems: 'fsx:DescribeFileSystems' },
  async read(api) {
    const found = await api.all('DescribeFileSystems', 'FileSystems');
    return found.map((system) => {
      const kinds = KINDS.map((kind) => given(kind, pick(mapOf(system, kind), KEPT)));
      return here(api, {
        id: textOf(system, 'ResourceARN'),
        type: 'AWS::FSx::FileSystem',
        name: textOf(system, 'FileSystemId'),
        names: { Ref: textOf(system, 'FileSystemId') },
        properties: Object.assign(
          pick(system, ['FileSystemType', 'KmsKeyId', 'SubnetIds', 'StorageCapacity', 'Tags']),
          ...kinds,
        ),
      });
    });
  },
};
