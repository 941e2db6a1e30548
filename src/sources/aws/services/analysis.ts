import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Groups of queries and where their results lie (Amazon Athena API reference). */
export const workGroups: Collector = {
  id: 'work-groups',
  service: 'athena',
  where: 'region',
  types: ['AWS::Athena::WorkGroup'],
  actions: { ListWorkGroups: 'athena:ListWorkGroups', GetWorkGroup: 'athena:GetWorkGroup' },
  async read(api) {
    const found = await api.all('ListWorkGroups', 'WorkGroups');
    return Promise.all(
      found.map(async (each) => {
        const name = textOf(each, 'Name');
        const group = mapOf(await api.call('GetWorkGroup', { WorkGroup: name }), 'WorkGroup');
        return here(api, {
          id: api.arn('athena', `workgroup/${name}`),
          type: 'AWS::Athena::WorkGroup',
          name,
          names: { Ref: name },
          properties: {
            ...pick(group, ['Name', 'State']),
            WorkGroupConfiguration: pick(mapOf(group, 'Configuration'), [
              'EnforceWorkGroupConfiguration',
              'PublishCloudWatchMetricsEnabled',
              'ResultConfiguration',
            ]),
          },
        });
      }),
    );
  },
};

export const searchIndexes: Collector = {
  id: 'search-indexes',
  service: 'kendra',
  where: 'region',
  types: ['AWS::Kendra::Index'],
  actions: { ListIndices: 'kendra:ListIndices', DescribeIndex: 'kendra:DescribeIndex' },
  async read(api) {
    const found = await api.all('ListIndices', 'IndexConfigurationSummaryItems');
    return Promise.all(
      found.map(async (each) => {
        const id = textOf(each, 'Id');
        const index = await api.call('DescribeIndex', { Id: id });
        return here(api, {
          id: api.arn('kendra', `index/${id}`),
          type: 'AWS::Kendra::Index',
          name: textOf(index, 'Name') || id,
          names: { Ref: id },
          properties: pick(index, ['Name', 'Edition', 'RoleArn', 'ServerSideEncryptionConfiguration']),
        });
      }),
    );
  },
};

/** Notebooks, models and endpoints (Amazon SageMaker API reference). */
export const notebooks: Collector = {
  id: 'notebooks',
  service: 'sagemaker',
  where: 'region',
  types: ['AWS::SageMaker::NotebookInstance', 'AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::Model'],
  actions: {
    ListNotebookInstances: 'sagemaker:ListNotebookInstances',
    DescribeNotebookInstance: 'sagemaker:DescribeNotebookInstance',
    ListEndpointConfigs: 'sagemaker:ListEndpointConfigs',
    DescribeEndpointConfig: 'sagemaker:DescribeEndpointConfig',
    ListModels: 'sagemaker:ListModels',
    DescribeModel: 'sagemaker:DescribeModel',
  },
  async read(api) {
    const [books, configurations, models] = await Promise.all([
      api.some('ListNotebookInstances', 'NotebookInstances', ['AWS::SageMaker::NotebookInstance']),
      api.some('ListEndpointConfigs', 'EndpointConfigs', ['AWS::SageMaker::EndpointConfig']),
      api.some('ListModels', 'Models', ['AWS::SageMaker::Model']),
    ]);
    return Promise.all([
      ...books.map((each) => part(api, 'NotebookInstance', textOf(each, 'NotebookInstanceName'), NOTEBOOK)),
      ...configurations.map((each) =>
        part(api, 'EndpointConfig', textOf(each, 'EndpointConfigName'), ENDPOINT),
      ),
      ...models.map((each) => part(api, 'Model', textOf(each, 'ModelName'), MODEL)),
    ]);
  },
};

const NOTEBOOK = [
  'DirectInternetAccess',
  'RootAccess',
  'SubnetId',
  'KmsKeyId',
  'RoleArn',
  'SecurityGroups=SecurityGroupIds',
];
const ENDPOINT = ['KmsKeyId', 'ProductionVariants'];
const MODEL = ['EnableNetworkIsolation', 'VpcConfig', 'ExecutionRoleArn'];

async function part(
  api: Api,
  kind: string,
  name: string,
  properties: readonly string[],
): Promise<FoundResource> {
  const found = await api.call(`Describe${kind}`, { [`${kind}Name`]: name });
  const arn = textOf(found, `${kind}Arn`);
  return here(api, {
    id: arn,
    type: `AWS::SageMaker::${kind}`,
    name,
    names: { Ref: arn },
    properties: { [`${kind}Name`]: name, ...pick(found, properties) },
  });
}

export const desktops: Collector = {
  id: 'desktops',
  service: 'workspaces',
  where: 'region',
  types: ['AWS::WorkSpaces::Workspace'],
  actions: { DescribeWorkspaces: 'workspaces:DescribeWorkspaces' },
  async read(api) {
    const found = await api.all('DescribeWorkspaces', 'Workspaces');
    return found.map((each) => {
      const id = textOf(each, 'WorkspaceId');
      const properties = {
        RootVolumeEncryptionEnabled: false,
        UserVolumeEncryptionEnabled: false,
        ...pick(each, [
          'DirectoryId',
          'BundleId',
          'RootVolumeEncryptionEnabled',
          'UserVolumeEncryptionEnabled',
        ]),
      };
      return here(api, {
        id: api.arn('workspaces', `workspace/${id}`),
        type: 'AWS::WorkSpaces::Workspace',
        name: id,
        names: { Ref: id },
        properties,
      });
    });
  },
};

/** Servers that move databases (AWS Database Migration Service API reference); passwords are never given out. */
export const migrations: Collector = {
  id: 'migrations',
  service: 'database-migration-service',
  where: 'region',
  types: ['AWS::DMS::ReplicationInstance', 'AWS::DMS::Endpoint'],
  actions: {
    DescribeReplicationInstances: 'dms:DescribeReplicationInstances',
    DescribeEndpoints: 'dms:DescribeEndpoints',
  },
  async read(api) {
    const [instances, endpoints] = await Promise.all([
      api.some('DescribeReplicationInstances', 'ReplicationInstances', ['AWS::DMS::ReplicationInstance']),
      api.some('DescribeEndpoints', 'Endpoints', ['AWS::DMS::Endpoint']),
    ]);
    return [
      ...instances.map((each) => replicationInstance(api, each)),
      ...endpoints.map((each) =>
        here(api, {
          id: textOf(each, 'EndpointArn'),
          type: 'AWS::DMS::Endpoint',
          name: textOf(each, 'EndpointIdentifier'),
          names: { Ref: textOf(each, 'EndpointArn') },
          unread: ['Password'],
          properties: pick(each, ['EndpointIdentifier', 'EndpointType', 'EngineName', 'SslMode', 'KmsKeyId']),
        }),
      ),
    ];
  },
};

function replicationInstance(api: Api, found: Output): FoundResource {
  const groups = mapsOf(found, 'VpcSecurityGroups').map((each) => textOf(each, 'VpcSecurityGroupId'));
  const subnets = textOf(mapOf(found, 'ReplicationSubnetGroup'), 'ReplicationSubnetGroupIdentifier');
  return here(api, {
    id: textOf(found, 'ReplicationInstanceArn'),
    type: 'AWS::DMS::ReplicationInstance',
    name: textOf(found, 'ReplicationInstanceIdentifier'),
    names: { Ref: textOf(found, 'ReplicationInstanceArn') },
    properties: {
      ...pick(found, ['ReplicationInstanceIdentifier', 'PubliclyAccessible', 'AutoMinorVersionUpgrade']),
      ...pick(found, ['MultiAZ', 'KmsKeyId', 'EngineVersion']),
      ...given('VpcSecurityGroupIds', groups),
      ...given('ReplicationSubnetGroupIdentifier', subnets),
    },
  });
}
