import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { capital, given, mapOf, mapsOf, pick, pickCapital, textOf } from '../fields.ts';
import { here } from '../found.ts';
import { chunks } from '../lists.ts';
import { pairsWithoutSecrets, withoutSecrets } from '../redact.ts';

const PROJECTS_PER_CALL = 100;

/** Build projects; build scripts are not kept, variables without what looks like a secret (AWS CodeBuild API reference). */
export const builds: Collector = {
  id: 'builds',
  service: 'codebuild',
  where: 'region',
  types: ['AWS::CodeBuild::Project'],
  actions: { ListProjects: 'codebuild:ListProjects', BatchGetProjects: 'codebuild:BatchGetProjects' },
  async read(api) {
    const names = await api.texts('ListProjects', 'projects');
    const answers = await Promise.all(
      chunks(names, PROJECTS_PER_CALL).map((some) => api.call('BatchGetProjects', { names: some })),
    );
    return answers.flatMap((answer) => mapsOf(answer, 'projects')).map((each) => project(api, each));
  },
};

function project(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'name');
  const arn = textOf(found, 'arn');
  const environment = mapOf(found, 'environment');
  const logs = mapOf(found, 'logsConfig');
  return here(api, {
    id: arn,
    type: 'AWS::CodeBuild::Project',
    name,
    names: { Ref: name, Arn: arn },
    properties: {
      ...pickCapital(found, ['Name', 'ServiceRole', 'EncryptionKey', 'VpcConfig']),
      Source: source(mapOf(found, 'source')),
      ...given('SecondarySources', mapsOf(found, 'secondarySources').map(source)),
      Artifacts: artifacts(mapOf(found, 'artifacts')),
      ...given('SecondaryArtifacts', mapsOf(found, 'secondaryArtifacts').map(artifacts)),
      Environment: {
        ...pickCapital(environment, ['Type', 'Image', 'ComputeType', 'PrivilegedMode']),
        ...given('EnvironmentVariables', variables(environment)),
      },
      ...given('LogsConfig', {
        ...given('CloudWatchLogs', capital(mapOf(logs, 'cloudWatchLogs'))),
        ...given('S3Logs', capital(mapOf(logs, 's3Logs'))),
      }),
    },
  });
}

/** An address that carries a password keeps the place of it, so that it is still known that one stood there. */
function source(found: Output): Output {
  return { ...pick(found, ['type=Type']), ...given('Location', withoutSecrets(textOf(found, 'location'))) };
}

function artifacts(found: Output): Output {
  return pickCapital(found, ['Type', 'Location', 'EncryptionDisabled', 'Packaging']);
}

function variables(environment: Output): readonly Output[] {
  const found = mapsOf(environment, 'environmentVariables');
  const clean = pairsWithoutSecrets(found, 'name', 'value');
  return found.map((variable, index) => {
    const plain = textOf(variable, 'type') === 'PLAINTEXT' || textOf(variable, 'type') === '';
    const asWritten = { Name: textOf(variable, 'name'), Value: textOf(variable, 'value') };
    return { ...(plain ? clean[index] : asWritten), Type: textOf(variable, 'type') || 'PLAINTEXT' };
  });
}

/** Definitions of batch jobs in use (AWS Batch API reference). */
export const jobs: Collector = {
  id: 'jobs',
  service: 'batch',
  where: 'region',
  types: ['AWS::Batch::JobDefinition'],
  actions: { DescribeJobDefinitions: 'batch:DescribeJobDefinitions' },
  async read(api) {
    const found = await api.all('DescribeJobDefinitions', 'jobDefinitions', { status: 'ACTIVE' });
    return found.map((job) => {
      const container = mapOf(job, 'containerProperties');
      const arn = textOf(job, 'jobDefinitionArn');
      return here(api, {
        id: arn,
        type: 'AWS::Batch::JobDefinition',
        name: textOf(job, 'jobDefinitionName'),
        names: { Ref: arn },
        properties: {
          ...pickCapital(job, ['JobDefinitionName', 'Type', 'PlatformCapabilities']),
          ...given('ContainerProperties', {
            ...pickCapital(container, [
              'Image',
              'Privileged',
              'User',
              'JobRoleArn',
              'ReadonlyRootFilesystem',
            ]),
            ...given('Environment', pairsWithoutSecrets(mapsOf(container, 'environment'), 'name', 'value')),
          }),
        },
      });
    });
  },
};

/** Repositories that are reviewed automatically (Amazon CodeGuru Reviewer API reference). */
export const reviewedRepositories: Collector = {
  id: 'reviewed-repositories',
  service: 'codeguru-reviewer',
  where: 'region',
  types: ['AWS::CodeGuruReviewer::RepositoryAssociation'],
  actions: { ListRepositoryAssociations: 'codeguru-reviewer:ListRepositoryAssociations' },
  async read(api) {
    const found = await api.all('ListRepositoryAssociations', 'RepositoryAssociationSummaries');
    return found
      .filter((each) => textOf(each, 'State') === 'Associated')
      .map((each) =>
        here(api, {
          id: textOf(each, 'AssociationArn'),
          type: 'AWS::CodeGuruReviewer::RepositoryAssociation',
          name: textOf(each, 'Name'),
          properties: pick(each, ['Name', 'ProviderType=Type']),
        }),
      );
  },
};

/** Applications that run without servers of their own, as far as a web ACL may stand before them. */
export const hostedServices: Collector = {
  id: 'hosted-services',
  service: 'apprunner',
  where: 'region',
  types: ['AWS::AppRunner::Service'],
  actions: { ListServices: 'apprunner:ListServices' },
  async read(api) {
    const found = await api.all('ListServices', 'ServiceSummaryList');
    return found.map((each) =>
      here(api, {
        id: textOf(each, 'ServiceArn'),
        type: 'AWS::AppRunner::Service',
        name: textOf(each, 'ServiceName'),
        names: { Ref: textOf(each, 'ServiceArn'), ServiceArn: textOf(each, 'ServiceArn') },
        properties: pick(each, ['ServiceName']),
      }),
    );
  },
};

export const hostedApps: Collector = {
  id: 'hosted-apps',
  service: 'amplify',
  where: 'region',
  types: ['AWS::Amplify::App'],
  actions: { ListApps: 'amplify:ListApps' },
  async read(api) {
    const found = await api.all('ListApps', 'apps');
    return found.map((each) =>
      here(api, {
        id: textOf(each, 'appArn'),
        type: 'AWS::Amplify::App',
        name: textOf(each, 'name'),
        names: { Ref: textOf(each, 'appArn'), Arn: textOf(each, 'appArn') },
        properties: pick(each, ['name=Name']),
      }),
    );
  },
};
