import type { Collector } from '../api.ts';
import { mapOf, mapsOf, pick, textOf, textsOf } from '../fields.ts';
import { accountFact, everywhere, here, regionFact } from '../found.ts';

export const detectors: Collector = {
  id: 'detectors',
  service: 'guardduty',
  where: 'region',
  types: ['AWS::GuardDuty::Detector'],
  actions: { ListDetectors: 'guardduty:ListDetectors', GetDetector: 'guardduty:GetDetector' },
  async read(api) {
    const ids = textsOf(await api.call('ListDetectors'), 'DetectorIds');
    return Promise.all(
      ids.map(async (id) => {
        const found = await api.call('GetDetector', { DetectorId: id });
        const features = mapsOf(found, 'Features').map((each) => pick(each, ['Name', 'Status']));
        return here(api, {
          id: api.arn('guardduty', `detector/${id}`),
          type: 'AWS::GuardDuty::Detector',
          name: id,
          names: { Ref: id },
          properties: {
            Enable: textOf(found, 'Status') === 'ENABLED',
            ...pick(found, ['FindingPublishingFrequency']),
            ...(features.length > 0 ? { Features: features } : {}),
          },
        });
      }),
    );
  },
};

export const securityHub: Collector = {
  id: 'security-hub',
  service: 'securityhub',
  where: 'region',
  types: ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard'],
  actions: { DescribeHub: 'securityhub:DescribeHub', GetEnabledStandards: 'securityhub:GetEnabledStandards' },
  // The service answers so to an account that has not switched it on.
  off: ['InvalidAccessException', 'ResourceNotFoundException'],
  async read(api) {
    const hub = await api.call('DescribeHub');
    const standards = await api.some('GetEnabledStandards', 'StandardsSubscriptions', [
      'AWS::SecurityHub::Standard',
    ]);
    return [
      here(api, {
        id: textOf(hub, 'HubArn'),
        type: 'AWS::SecurityHub::Hub',
        name: 'default',
        properties: {
          ...pick(hub, ['AutoEnableControls', 'ControlFindingGenerator']),
          EnableDefaultStandards: false,
        },
      }),
      ...standards.map((each) =>
        here(api, {
          id: textOf(each, 'StandardsSubscriptionArn'),
          type: 'AWS::SecurityHub::Standard',
          name: textOf(each, 'StandardsArn').split(/[:/]/).slice(-3).join('/'),
          properties: pick(each, ['StandardsArn']),
        }),
      ),
    ];
  },
};

/** The newer Security Hub; the older one is Security Hub CSPM. */
export const securityHubV2: Collector = {
  id: 'security-hub-v2',
  service: 'securityhub',
  where: 'region',
  types: ['AWS::SecurityHub::HubV2'],
  actions: { DescribeSecurityHubV2: 'securityhub:DescribeSecurityHubV2' },
  off: ['InvalidAccessException', 'ResourceNotFoundException'],
  async read(api) {
    const id = textOf(await api.call('DescribeSecurityHubV2'), 'HubV2Arn');
    return [here(api, { id, type: 'AWS::SecurityHub::HubV2', name: 'default', properties: {} })];
  },
};

export const inspector: Collector = {
  id: 'inspector',
  service: 'inspector2',
  where: 'region',
  types: ['Account::InspectorActivation'],
  actions: { BatchGetAccountStatus: 'inspector2:BatchGetAccountStatus' },
  async read(api) {
    const [status] = mapsOf(
      await api.call('BatchGetAccountStatus', { accountIds: [api.account] }),
      'accounts',
    );
    const states = Object.entries(mapOf(status ?? {}, 'resourceState'));
    const on = states.filter(([, state]) => (state as { status?: unknown } | null)?.status === 'ENABLED');
    const kinds = on.map(([kind]) => INSPECTOR_KINDS[kind] ?? kind.toUpperCase());
    return [regionFact(api, 'InspectorActivation', { ResourceTypes: kinds })];
  },
};

const INSPECTOR_KINDS: Readonly<Record<string, string>> = {
  ec2: 'EC2',
  ecr: 'ECR',
  lambda: 'LAMBDA',
  lambdaCode: 'LAMBDA_CODE',
  codeRepository: 'CODE_REPOSITORY',
};

export const macie: Collector = {
  id: 'macie',
  service: 'macie2',
  where: 'region',
  types: ['AWS::Macie::Session'],
  actions: { GetMacieSession: 'macie2:GetMacieSession' },
  off: ['ResourceNotFoundException'],
  async read(api) {
    const found = await api.call('GetMacieSession');
    return [
      here(api, {
        id: `${api.account}:${api.region}:Macie`,
        type: 'AWS::Macie::Session',
        name: 'Macie',
        properties: pick(found, ['status=Status', 'findingPublishingFrequency=FindingPublishingFrequency']),
      }),
    ];
  },
};

/** What Macie is told to look through; asked only where it is switched on. */
export const macieJobs: Collector = {
  id: 'macie-jobs',
  service: 'macie2',
  where: 'region',
  types: ['AWS::Macie::ClassificationJob'],
  actions: {
    ListClassificationJobs: 'macie2:ListClassificationJobs',
  },
  off: ['ResourceNotFoundException'],
  async read(api) {
    const found = await api.all('ListClassificationJobs', 'items');
    return found.map((job) => {
      const id = textOf(job, 'jobId');
      const buckets = mapsOf(job, 'bucketDefinitions').map((each) => ({ Buckets: textsOf(each, 'buckets') }));
      return here(api, {
        id: api.arn('macie2', `classification-job/${id}`),
        type: 'AWS::Macie::ClassificationJob',
        name: textOf(job, 'name') || id,
        properties: {
          ...pick(job, ['jobStatus=JobStatus', 'jobType=JobType', 'name=Name']),
          S3JobDefinition: { BucketDefinitions: buckets },
        },
      });
    });
  },
};

/** Repositories whose code Inspector reads (Amazon Inspector API reference). */
export const codeSecurity: Collector = {
  id: 'code-security',
  service: 'inspector2',
  where: 'region',
  types: ['AWS::InspectorV2::CodeSecurityIntegration', 'AWS::InspectorV2::CodeSecurityScanConfiguration'],
  actions: {
    ListCodeSecurityIntegrations: 'inspector2:ListCodeSecurityIntegrations',
    ListCodeSecurityScanConfigurations: 'inspector2:ListCodeSecurityScanConfigurations',
  },
  async read(api) {
    const integrations = await api.all('ListCodeSecurityIntegrations', 'integrations');
    const configurations = await api.all('ListCodeSecurityScanConfigurations', 'configurations');
    return [
      ...integrations
        .filter((each) => textOf(each, 'status') === 'ACTIVE')
        .map((each) =>
          here(api, {
            id: textOf(each, 'integrationArn'),
            type: 'AWS::InspectorV2::CodeSecurityIntegration',
            name: textOf(each, 'name'),
            properties: pick(each, ['name=Name', 'type=Type']),
          }),
        ),
      ...configurations.map((each) =>
        here(api, {
          id: textOf(each, 'scanConfigurationArn'),
          type: 'AWS::InspectorV2::CodeSecurityScanConfiguration',
          name: textOf(each, 'name'),
          properties: pick(each, ['name=Name', 'level=Level']),
        }),
      ),
    ];
  },
};

export const detective: Collector = {
  id: 'detective',
  service: 'detective',
  where: 'region',
  types: ['AWS::Detective::Graph'],
  actions: { ListGraphs: 'detective:ListGraphs' },
  async read(api) {
    const found = await api.all('ListGraphs', 'GraphList');
    return found.map((graph) =>
      here(api, {
        id: textOf(graph, 'Arn'),
        type: 'AWS::Detective::Graph',
        name: textOf(graph, 'Arn').split(':').at(-1) ?? '',
        properties: {},
      }),
    );
  },
};

export const analyzers: Collector = {
  id: 'analyzers',
  service: 'accessanalyzer',
  where: 'region',
  types: ['AWS::AccessAnalyzer::Analyzer'],
  actions: { ListAnalyzers: 'access-analyzer:ListAnalyzers' },
  async read(api) {
    const found = await api.all('ListAnalyzers', 'analyzers');
    return found
      .filter((analyzer) => textOf(analyzer, 'status') === 'ACTIVE')
      .map((analyzer) =>
        here(api, {
          id: textOf(analyzer, 'arn'),
          type: 'AWS::AccessAnalyzer::Analyzer',
          name: textOf(analyzer, 'name'),
          properties: pick(analyzer, ['name=AnalyzerName', 'type=Type']),
        }),
      );
  },
};

export const shield: Collector = {
  id: 'shield',
  service: 'shield',
  where: 'account',
  types: ['AWS::Shield::Protection', 'Account::ShieldSubscription'],
  actions: { ListProtections: 'shield:ListProtections', GetSubscriptionState: 'shield:GetSubscriptionState' },
  off: ['ResourceNotFoundException'],
  async read(api) {
    const state = textOf(await api.call('GetSubscriptionState'), 'SubscriptionState');
    if (state !== 'ACTIVE') return [];
    const found = await api.all('ListProtections', 'Protections');
    return [
      accountFact(api, 'ShieldSubscription', {}),
      ...found.map((protection) =>
        everywhere({
          id: textOf(protection, 'ProtectionArn') || textOf(protection, 'Id'),
          type: 'AWS::Shield::Protection',
          name: textOf(protection, 'Name'),
          properties: pick(protection, ['Name', 'ResourceArn']),
        }),
      ),
    ];
  },
};
