import type { Collector } from './api.ts';
import * as addresses from './services/addresses.ts';
import * as analysis from './services/analysis.ts';
import * as apis from './services/apis.ts';
import * as backup from './services/backup.ts';
import * as brokers from './services/brokers.ts';
import * as buckets from './services/buckets.ts';
import * as builds from './services/builds.ts';
import * as certificates from './services/certificates.ts';
import * as classicBalancers from './services/classic-balancers.ts';
import * as cognito from './services/cognito.ts';
import * as containers from './services/containers.ts';
import * as credentials from './services/credentials.ts';
import * as distributions from './services/distributions.ts';
import * as files from './services/files.ts';
import * as functions from './services/functions.ts';
import * as identity from './services/identity.ts';
import * as keys from './services/keys.ts';
import * as launch from './services/launch.ts';
import * as loadBalancers from './services/load-balancers.ts';
import * as messages from './services/messages.ts';
import * as names from './services/names.ts';
import * as network from './services/network.ts';
import * as networkFirewall from './services/network-firewall.ts';
import * as organisation from './services/organisation.ts';
import * as patching from './services/patching.ts';
import * as rds from './services/rds.ts';
import * as recording from './services/recording.ts';
import * as search from './services/search.ts';
import * as secrets from './services/secrets.ts';
import * as servers from './services/servers.ts';
import * as spending from './services/spending.ts';
import * as stores from './services/stores.ts';
import * as warehouses from './services/warehouses.ts';
import * as watching from './services/watching.ts';
import * as webAcls from './services/web-acls.ts';

/** Each collector that one of these modules exports is run: a new one is one export. */
const MODULES = [
  addresses,
  analysis,
  apis,
  backup,
  brokers,
  buckets,
  builds,
  certificates,
  classicBalancers,
  cognito,
  containers,
  credentials,
  distributions,
  files,
  functions,
  identity,
  keys,
  launch,
  loadBalancers,
  messages,
  names,
  network,
  networkFirewall,
  organisation,
  patching,
  rds,
  recording,
  search,
  secrets,
  servers,
  spending,
  stores,
  warehouses,
  watching,
  webAcls,
];

/** Everything that is read from an account. */
export const COLLECTORS: readonly Collector[] = MODULES.flatMap((module): readonly unknown[] =>
  Object.values(module),
).filter(isCollector);

function isCollector(value: unknown): value is Collector {
  return typeof value === 'object' && value !== null && 'read' in value && 'actions' in value;
}

/** The calls made before any collector: whose account this is, and its regions. */
export const FIRST_CALLS: readonly Pick<Collector, 'service' | 'actions'>[] = [
  { service: 'sts', actions: { GetCallerIdentity: 'sts:GetCallerIdentity' } },
  { service: 'ec2', actions: { DescribeRegions: 'ec2:DescribeRegions' } },
];

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** The IAM policy that allows what `collect` calls, and nothing else (IAM user guide, "IAM JSON policy elements"). */
export function collectPolicy() {
  const actions = [...FIRST_CALLS, ...COLLECTORS].flatMap((each) => Object.values(each.actions));
  return policyOf([
    { Sid: 'HonmaruCollect', Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' },
  ]);
}

/** The policy of who starts a run over other accounts; in each of those, the role needs `collectPolicy`. */
export function entryPolicy(roles: readonly string[], organisation: boolean) {
  return policyOf([
    { Sid: 'HonmaruEnterAccounts', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: roles },
    ...(organisation
      ? ([
          {
            Sid: 'HonmaruListAccounts',
            Effect: 'Allow',
            Action: ['organizations:ListAccounts', 'sts:GetCallerIdentity'],
            Resource: '*',
          },
        ] as const)
      : []),
  ]);
}

function policyOf(statements: readonly Statement[]) {
  return { Version: '2012-10-17', Statement: statements };
}
