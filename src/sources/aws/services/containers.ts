import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { capital, given, mapOf, mapsOf, pick, pickCapital, policyOf, textOf, textsOf } from '../fields.ts';
import { here } from '../found.ts';
import { chunks } from '../lists.ts';
import { pairsWithoutSecrets, withoutSecrets } from '../redact.ts';

/** Image repositories with what scans, keeps and opens them (Amazon ECR API reference). */
export const repositories: Collector = {
  id: 'repositories',
  service: 'ecr',
  where: 'region',
  types: ['AWS::ECR::Repository'],
  actions: {
    DescribeRepositories: 'ecr:DescribeRepositories',
    BatchGetRepositoryScanningConfiguration: 'ecr:BatchGetRepositoryScanningConfiguration',
    GetLifecyclePolicy: 'ecr:GetLifecyclePolicy',
    GetRepositoryPolicy: 'ecr:GetRepositoryPolicy',
  },
  async read(api) {
    const found = await api.all('DescribeRepositories', 'repositories');
    return Promise.all(found.map((each) => repository(api, each)));
  },
};

async function repository(api: Api, found: Output): Promise<FoundResource> {
  const name = textOf(found, 'repositoryName');
  const arn = textOf(found, 'repositoryArn');
  const input = { repositoryName: name };
  const [scanning, lifecycle, policy] = await Promise.all([
    api.detail('BatchGetRepositoryScanningConfiguration', { repositoryNames: [name] }),
    api.detail('GetLifecyclePolicy', input, { none: ['LifecyclePolicyNotFoundException'] }),
    api.detail('GetRepositoryPolicy', input, { none: ['RepositoryPolicyNotFoundException'] }),
  ]);
  // The rules of the registry go before what the repository says of itself.
  const [scan] = scanning.is === 'read' ? mapsOf(scanning.output, 'scanningConfigurations') : [];
  const own = mapOf(found, 'imageScanningConfiguration').scanOnPush === true;
  const scanned = scan
    ? scan.scanOnPush === true || !['', 'MANUAL'].includes(textOf(scan, 'scanFrequency'))
    : own;
  return here(api, {
    id: arn,
    type: 'AWS::ECR::Repository',
    name,
    names: { Ref: name, Arn: arn },
    unread: [
      ...(scanning.is === 'unread' && !own ? ['ImageScanningConfiguration'] : []),
      ...(lifecycle.is === 'unread' ? ['LifecyclePolicy'] : []),
      ...(policy.is === 'unread' ? ['RepositoryPolicyText'] : []),
    ],
    properties: {
      ...pickCapital(found, ['RepositoryName', 'ImageTagMutability', 'EncryptionConfiguration']),
      ImageScanningConfiguration: { ScanOnPush: scanned },
      ...(lifecycle.is === 'read'
        ? { LifecyclePolicy: { LifecyclePolicyText: textOf(lifecycle.output, 'lifecyclePolicyText') } }
        : {}),
      ...(policy.is === 'read' ? { RepositoryPolicyText: policyOf(policy.output, 'policyText') } : {}),
    },
  });
}

const CLUSTERS_PER_CALL = 100;
const SERVICES_PER_CALL = 10;

/** Clusters, services, and the task definitions that run or are the newest (Amazon ECS API reference). */
export const tasks: Collector = {
  id: 'tasks',
  service: 'ecs',
  where: 'region',
  types: ['AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition'],
  actions: {
    ListClusters: 'ecs:ListClusters',
    DescribeClusters: 'ecs:DescribeClusters',
    ListServices: 'ecs:ListServices',
    DescribeServices: 'ecs:DescribeServices',
    ListTaskDefinitionFamilies: 'ecs:ListTaskDefinitionFamilies',
    DescribeTaskDefinition: 'ecs:DescribeTaskDefinition',
  },
  async read(api) {
    const arns = await api.texts('ListClusters', 'clusterArns');
    const clusters = await describeAll(
      api,
      'DescribeClusters',
      'clusters',
      arns,
      CLUSTERS_PER_CALL,
      (some) => ({
        clusters: some,
        include: ['SETTINGS', 'TAGS'],
      }),
    );
    const services = (await Promise.all(arns.map((cluster) => servicesOf(api, cluster)))).flat();
    const families = await api.texts('ListTaskDefinitionFamilies', 'families', { status: 'ACTIVE' });
    const wanted = new Set([...families, ...services.map((each) => textOf(each, 'taskDefinition'))]);
    const definitions = await Promise.all(
      [...wanted]
        .filter((name) => name !== '')
        .map(async (name) =>
          mapOf(await api.call('DescribeTaskDefinition', { taskDefinition: name }), 'taskDefinition'),
        ),
    );
    const unique = new Map(definitions.map((each) => [textOf(each, 'taskDefinitionArn'), each]));
    return [
      ...clusters.map((each) => cluster(api, each)),
      ...services.map((each) => service(api, each)),
      ...[...unique.values()].map((each) => taskDefinition(api, each)),
    ];
  },
};

async function servicesOf(api: Api, cluster: string): Promise<readonly Output[]> {
  const arns = await api.texts('ListServices', 'serviceArns', { cluster });
  return describeAll(api, 'DescribeServices', 'services', arns, SERVICES_PER_CALL, (services) => ({
    cluster,
    services,
  }));
}

async function describeAll(
  api: Api,
  operation: string,
  list: string,
  names: readonly string[],
  most: number,
  input: (some: readonly string[]) => Output,
): Promise<readonly Output[]> {
  const answers = await Promise.all(chunks(names, most).map((some) => api.call(operation, input(some))));
  return answers.flatMap((answer) => mapsOf(answer, list));
}

function cluster(api: Api, found: Output): FoundResource {
  const arn = textOf(found, 'clusterArn');
  const name = textOf(found, 'clusterName');
  return here(api, {
    id: arn,
    type: 'AWS::ECS::Cluster',
    name,
    names: { Ref: name, Arn: arn },
    properties: {
      ClusterName: name,
      ...given('ClusterSettings', capital(mapsOf(found, 'settings'))),
    },
  });
}

function service(api: Api, found: Output): FoundResource {
  const arn = textOf(found, 'serviceArn');
  return here(api, {
    id: arn,
    type: 'AWS::ECS::Service',
    name: textOf(found, 'serviceName'),
    names: { Ref: arn, Name: textOf(found, 'serviceName') },
    properties: {
      ...pickCapital(found, [
        'ServiceName',
        'TaskDefinition',
        'LaunchType',
        'DesiredCount',
        'PlatformVersion',
      ]),
      ...pickCapital(found, [
        'NetworkConfiguration',
        'LoadBalancers',
        'SchedulingStrategy',
        'EnableExecuteCommand',
      ]),
      ...pick(found, ['clusterArn=Cluster']),
    },
  });
}

function taskDefinition(api: Api, found: Output): FoundResource {
  const arn = textOf(found, 'taskDefinitionArn');
  return here(api, {
    id: arn,
    type: 'AWS::ECS::TaskDefinition',
    name: `${textOf(found, 'family')}:${textOf(found, 'revision')}`,
    names: { Ref: arn },
    properties: {
      ...pickCapital(found, ['Family', 'NetworkMode', 'PidMode', 'IpcMode', 'Cpu', 'Memory']),
      ...pickCapital(found, ['TaskRoleArn', 'ExecutionRoleArn', 'RequiresCompatibilities']),
      ContainerDefinitions: mapsOf(found, 'containerDefinitions').map(container),
      Volumes: mapsOf(found, 'volumes').map(volume),
    },
  });
}

const CONTAINER = [
  'Name',
  'Image',
  'Essential',
  'Privileged',
  'ReadonlyRootFilesystem',
  'User',
  'PortMappings',
  'MountPoints',
  'Secrets',
  'EnvironmentFiles',
  'LinuxParameters',
  'DockerSecurityOptions',
];

function container(found: Output): Output {
  const log = mapOf(found, 'logConfiguration');
  return {
    ...pickCapital(found, CONTAINER),
    ...given('Environment', pairsWithoutSecrets(mapsOf(found, 'environment'), 'name', 'value')),
    ...given('Command', textsOf(found, 'command').map(withoutSecrets)),
    ...given('EntryPoint', textsOf(found, 'entryPoint').map(withoutSecrets)),
    ...(textOf(log, 'logDriver') === ''
      ? {}
      : { LogConfiguration: { LogDriver: textOf(log, 'logDriver'), Options: mapOf(log, 'options') } }),
  };
}

function volume(found: Output): Output {
  const files = mapOf(found, 'efsVolumeConfiguration');
  const access = mapOf(files, 'authorizationConfig');
  return {
    ...pickCapital(found, ['Name', 'Host']),
    ...given('EFSVolumeConfiguration', {
      ...pick(files, ['fileSystemId=FilesystemId', 'rootDirectory=RootDirectory']),
      ...pick(files, ['transitEncryption=TransitEncryption']),
      ...given('AuthorizationConfig', pick(access, ['accessPointId=AccessPointId', 'iam=IAM'])),
    }),
  };
}

/** Kubernetes clusters: who reaches the API, what is logged and encrypted (Amazon EKS API reference). */
export const kubernetes: Collector = {
  id: 'kubernetes',
  service: 'eks',
  where: 'region',
  types: ['AWS::EKS::Cluster'],
  actions: { ListClusters: 'eks:ListClusters', DescribeCluster: 'eks:DescribeCluster' },
  async read(api) {
    const names = await api.texts('ListClusters', 'clusters');
    return Promise.all(
      names.map(async (name) => {
        const found = mapOf(await api.call('DescribeCluster', { name }), 'cluster');
        const logs = mapsOf(mapOf(found, 'logging'), 'clusterLogging').filter(
          (each) => each.enabled === true,
        );
        const types = logs.flatMap((each) => textsOf(each, 'types')).map((Type) => ({ Type }));
        const network = mapOf(found, 'resourcesVpcConfig');
        return here(api, {
          id: textOf(found, 'arn'),
          type: 'AWS::EKS::Cluster',
          name,
          names: { Ref: name, Arn: textOf(found, 'arn') },
          properties: {
            ...pickCapital(found, ['Name', 'Version', 'RoleArn', 'EncryptionConfig']),
            ResourcesVpcConfig: pickCapital(network, [
              'SubnetIds',
              'SecurityGroupIds',
              'EndpointPublicAccess',
              'EndpointPrivateAccess',
              'PublicAccessCidrs',
            ]),
            ...(types.length > 0 ? { Logging: { ClusterLogging: { EnabledTypes: types } } } : {}),
          },
        });
      }),
    );
  },
};
