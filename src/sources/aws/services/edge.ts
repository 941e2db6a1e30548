import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, pick, textOf, textsOf, withTexts } from '../fields.ts';

/** Web ACLs of a region, what they stand before, and where they log (AWS WAFV2 API reference). */
export const webAcls: Collector = {
  id: 'web-acls',
  service: 'wafv2',
  where: 'region',
  types: ['AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration'],
  actions: {
    ListWebACLs: 'wafv2:ListWebACLs',
    GetWebACL: 'wafv2:GetWebACL',
    ListResourcesForWebACL: 'wafv2:ListResourcesForWebACL',
    GetLoggingConfiguration: 'wafv2:GetLoggingConfiguration',
  },
  async read(api) {
    const found = await api.all('ListWebACLs', 'WebACLs', { Scope: 'REGIONAL' });
    const each = await Promise.all(found.map((acl) => webAcl(api, acl)));
    return each.flat();
  },
};

/** The kinds of resources that a regional web ACL stands before; each is asked for by itself. */
const PROTECTED = [
  'APPLICATION_LOAD_BALANCER',
  'API_GATEWAY',
  'APPSYNC',
  'COGNITO_USER_POOL',
  'APP_RUNNER_SERVICE',
];

async function webAcl(api: Api, summary: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(summary, 'ARN');
  const name = textOf(summary, 'Name');
  const identity = { Name: name, Id: textOf(summary, 'Id'), Scope: 'REGIONAL' };
  const acl = mapOf(await api.call('GetWebACL', identity), 'WebACL');
  const answers = await Promise.all(
    PROTECTED.map((kind) => api.call('ListResourcesForWebACL', { WebACLArn: arn, ResourceType: kind })),
  );
  const protectedArns = new Set(answers.flatMap((answer) => textsOf(answer, 'ResourceArns')));
  const none = ['WAFNonexistentItemException'];
  const logging = await api.detail('GetLoggingConfiguration', { ResourceArn: arn }, { none });
  const common = { region: api.region };
  return [
    {
      ...common,
      id: arn,
      type: 'AWS::WAFv2::WebACL',
      name,
      names: { Arn: arn },
      properties: {
        ...pick(acl, ['Name', 'Description', 'DefaultAction', 'VisibilityConfig']),
        Rules: withTexts(acl.Rules ?? []),
        Scope: 'REGIONAL',
      },
    },
    ...[...protectedArns].map((resource) => ({
      ...common,
      id: `${arn}>${resource}`,
      type: 'AWS::WAFv2::WebACLAssociation',
      name: `${name}>${resource.split('/').at(-2) ?? resource}`,
      properties: { WebACLArn: arn, ResourceArn: resource },
    })),
    ...(logging.is === 'none'
      ? []
      : [loggingOf(api, arn, name, logging.is === 'read' ? logging.output : undefined)]),
  ];
}

function loggingOf(api: Api, arn: string, name: string, output: Output | undefined): FoundResource {
  const configuration = output ? mapOf(output, 'LoggingConfiguration') : {};
  return {
    id: `${arn}/logging`,
    type: 'AWS::WAFv2::LoggingConfiguration',
    name: `${name}-logging`,
    region: api.region,
    properties: { ResourceArn: arn, ...pick(configuration, ['LogDestinationConfigs']) },
    unread: output ? [] : ['LogDestinationConfigs'],
  };
}

/** Certificates of a region; private keys are never part of an answer. */
export const certificates: Collector = {
  id: 'certificates',
  service: 'acm',
  where: 'region',
  types: ['AWS::CertificateManager::Certificate'],
  actions: { ListCertificates: 'acm:ListCertificates', DescribeCertificate: 'acm:DescribeCertificate' },
  async read(api) {
    const found = await api.all('ListCertificates', 'CertificateSummaryList');
    return Promise.all(
      found.map(async (summary) => {
        const arn = textOf(summary, 'CertificateArn');
        const answer = await api.call('DescribeCertificate', { CertificateArn: arn });
        const certificate = mapOf(answer, 'Certificate');
        const [validation] = mapsOf(certificate, 'DomainValidationOptions');
        return {
          id: arn,
          type: 'AWS::CertificateManager::Certificate',
          name: textOf(certificate, 'DomainName'),
          region: api.region,
          names: { Ref: arn },
          properties: {
            ...pick(certificate, ['DomainName', 'SubjectAlternativeNames', 'KeyAlgorithm']),
            ...(validation ? pick(validation, ['ValidationMethod']) : {}),
          },
        };
      }),
    );
  },
};
