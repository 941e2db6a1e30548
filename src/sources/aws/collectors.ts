import type { Collector } from './api.ts';
import { bucketBlock, buckets, databases, keys, secrets } from './services/data.ts';
import { certificates, webAcls } from './services/edge.ts';
import { accountSummary, identities, passwordPolicy } from './services/identity.ts';
import { loadBalancers } from './services/load-balancers.ts';
import { firewalls, networks } from './services/network.ts';
import { associations, hostManagement } from './services/patching.ts';
import { alarms, eventRules, logGroups, recorders, trails } from './services/recording.ts';
import {
  diskEncryption,
  functions,
  metadataDefaults,
  scaling,
  servers,
  volumes,
} from './services/servers.ts';
import {
  analyzers,
  detective,
  detectors,
  inspector,
  macie,
  securityHub,
  securityHubV2,
  shield,
} from './services/watching.ts';

/** Everything that is read from an account. */
export const COLLECTORS: readonly Collector[] = [
  networks,
  firewalls,
  servers,
  volumes,
  diskEncryption,
  metadataDefaults,
  scaling,
  associations,
  hostManagement,
  functions,
  loadBalancers,
  databases,
  buckets,
  bucketBlock,
  secrets,
  keys,
  identities,
  accountSummary,
  passwordPolicy,
  trails,
  recorders,
  detectors,
  securityHub,
  securityHubV2,
  inspector,
  macie,
  detective,
  analyzers,
  shield,
  webAcls,
  certificates,
  alarms,
  logGroups,
  eventRules,
];

/** The calls made before any collector: whose account this is, and its regions. */
export const FIRST_CALLS: readonly Pick<Collector, 'service' | 'actions'>[] = [
  { service: 'sts', actions: { GetCallerIdentity: 'sts:GetCallerIdentity' } },
  { service: 'ec2', actions: { DescribeRegions: 'ec2:DescribeRegions' } },
];

/** The IAM policy that allows what `collect` calls, and nothing else (IAM user guide, "IAM JSON policy elements"). */
export function collectPolicy() {
  const actions = [...FIRST_CALLS, ...COLLECTORS].flatMap((each) => Object.values(each.actions));
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'HonmaruCollect', Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' },
    ],
  };
}
