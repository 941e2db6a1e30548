import { placeAt } from '../kernel/source-file.ts';
import { ACCOUNT_ID, ACCOUNT_TYPE, REGION_ID, type Resource } from '../model/resource.ts';
import { get, stringFrom } from '../model/value.ts';
import type { ForeignResource } from '../sources/findings/index.ts';
import { isDeclared, type ResourceGraph } from './graph.ts';
import { resourceTypeFacts } from './table/resource-table.ts';

/** The resource that a tool means, or why none is. */
export type Match =
  | { readonly resource: Resource }
  | { readonly resource?: undefined; readonly why: 'absent' | 'several' | 'other-account' };

/**
 * Finds the resource of a graph that another tool names: by ARN, physical name, logical id, Terraform
 * address, CloudFormation's tags and generated names, or file and line. Only where exactly one is meant:
 * nothing is guessed.
 */
export class ImportedResources {
  readonly #graph: ResourceGraph;
  readonly #byName = new Map<string, Resource[]>();
  readonly #byFile = new Map<string, Located[]>();
  readonly #accounts = new Set<string>();

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    for (const resource of graph.resources.filter(isDeclared)) {
      for (const name of namesOf(resource)) push(this.#byName, name, resource);
      const account = arnParts(resource.id)?.account;
      if (account) this.#accounts.add(account);
      if (resource.span.file.path) push(this.#byFile, resource.span.file.path, located(resource));
    }
  }

  /** @param types the types that the finding's control judges; empty where it has none. */
  find(named: ForeignResource, types: readonly string[]): Match {
    if (this.#isElsewhere(named)) return { why: 'other-account' };
    const pseudo = this.#pseudo(named, types);
    if (pseudo) return { resource: pseudo };
    const ways = [
      () => this.#named(named),
      () => this.#tagged(named),
      () => this.#generated(named),
      () => this.#written(named),
    ];
    let several = false;
    for (const way of ways) {
      const found = narrowed(way(), named, types);
      const [only] = found;
      if (only && found.length === 1) return { resource: only };
      several ||= found.length > 1;
    }
    return { why: several ? 'several' : 'absent' };
  }

  /** Whether the account is known and another one than those that were read. */
  #isElsewhere({ account, names }: ForeignResource): boolean {
    const meant = arnParts(names[0] ?? '')?.account || account;
    return (
      this.#accounts.size > 0 && meant !== undefined && /^\d{12}$/.test(meant) && !this.#accounts.has(meant)
    );
  }

  /** Facts of the account or the region as a whole have no resource of their own. */
  #pseudo(named: ForeignResource, types: readonly string[]): Resource | undefined {
    if (types.length > 0 && types.every((type) => type.startsWith('Account::'))) {
      return this.#graph.get(types.includes(ACCOUNT_TYPE) ? ACCOUNT_ID : REGION_ID);
    }
    const [name = ''] = named.names;
    const isAccount =
      named.type === 'AwsAccount' || /^AWS::::Account:|^arn:[a-z-]+:iam::\d*:root$/.test(name);
    return isAccount ? this.#graph.account : undefined;
  }

  #named({ names }: ForeignResource): readonly Resource[] {
    for (const name of names) {
      const found = this.#byName.get(name) ?? this.#byName.get(plainAddress(name)) ?? this.#byArn(name);
      if (found && found.length > 0) return found;
    }
    return [];
  }

  /** By the last part of an ARN, among the resources of the ARN's service. */
  #byArn(name: string): readonly Resource[] | undefined {
    const arn = arnParts(name);
    if (!arn) return undefined;
    const parts = arn.resource.split(/[/:]/);
    const candidates = [parts.at(-1) ?? '', parts[1] ?? '', parts[2] ?? '', parts[0] ?? ''];
    for (const candidate of candidates.filter(Boolean)) {
      const found = (this.#byName.get(candidate) ?? []).filter(({ type }) => isOfService(type, arn.service));
      if (found.length > 0) return found;
    }
    return [];
  }

  #tagged({ stack, logicalId }: ForeignResource): readonly Resource[] {
    if (logicalId === undefined) return [];
    const found = this.#byName.get(logicalId) ?? [];
    const ofStack = found.filter((resource) => resource.stack === stack);
    return ofStack.length > 0 ? ofStack : found;
  }

  /**
   * By the name that CloudFormation makes, `stack-LogicalId-RANDOM` ("Name type": "AWS CloudFormation
   * generates a unique physical ID"), in any case as some services lower it.
   */
  #generated({ names }: ForeignResource): readonly Resource[] {
    const last =
      (arnParts(names[0] ?? '')?.resource ?? names[0] ?? '').split(/[/:]/).at(-1)?.toLowerCase() ?? '';
    if (!/-[0-9a-z]{8,}$/.test(last)) return [];
    const prefix = last.slice(0, last.lastIndexOf('-'));
    return this.#graph.resources.filter(
      (resource) => isDeclared(resource) && `${resource.stack}-${resource.name}`.toLowerCase() === prefix,
    );
  }

  /** By file and line: the smallest declaration that holds the line. */
  #written({ file, line }: ForeignResource): readonly Resource[] {
    if (file === undefined || line === undefined) return [];
    const holders = this.#located(file)
      .filter(({ first, last }) => first <= line && line <= last)
      .sort((a, b) => a.last - a.first - (b.last - b.first));
    const [smallest, next] = holders;
    if (!smallest) return [];
    const isAmbiguous = next && next.last - next.first === smallest.last - smallest.first;
    return isAmbiguous ? [smallest.resource, next.resource] : [smallest.resource];
  }

  /** The declarations of the one file that shares the longest end of its path with the given one. */
  #located(file: string): readonly Located[] {
    const paths = [...this.#byFile.keys()]
      .map((path) => ({ path, shared: sharedEnd(path, file) }))
      .filter(({ path, shared }) => shared > 0 && shared === Math.min(parts(path).length, parts(file).length))
      .sort((a, b) => b.shared - a.shared);
    const [best, next] = paths;
    if (!best || next?.shared === best.shared) return [];
    return this.#byFile.get(best.path) ?? [];
  }
}

interface Located {
  readonly resource: Resource;
  readonly first: number;
  readonly last: number;
}

function located(resource: Resource): Located {
  const { file, start, end } = resource.span;
  return { resource, first: placeAt(file, start).line, last: placeAt(file, Math.max(start, end - 1)).line };
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

/** Properties by which people and ARNs call a resource, beside what identifies its type. */
const NAME_PROPERTIES = [
  'Name',
  'BucketName',
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'FunctionName',
  'RoleName',
  'UserName',
  'PolicyName',
  'ManagedPolicyName',
  'GroupName',
  'GroupId',
  'TableName',
  'TopicName',
  'QueueName',
  'ClusterName',
  'RepositoryName',
  'DomainName',
  'TrailName',
  'LogGroupName',
  'ReplicationGroupId',
  'KeyId',
  'Arn',
];

function namesOf(resource: Resource): ReadonlySet<string> {
  const names = new Set([resource.id, resource.name]);
  if (resource.id.startsWith('tf:')) names.add(resource.id.slice('tf:'.length));
  const arn = arnParts(resource.id);
  if (arn) names.add(arn.resource.split(/[/:]/).at(-1) ?? '');
  for (const property of [...NAME_PROPERTIES, ...(resourceTypeFacts(resource.type)?.identifier ?? [])]) {
    const name = stringFrom(get(resource.properties, ...property.split('.')));
    if (name !== undefined) names.add(name);
  }
  names.delete('');
  return names;
}

interface ArnParts {
  readonly service: string;
  readonly account: string;
  readonly resource: string;
}

function arnParts(text: string): ArnParts | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, , service = '', , account = '', ...rest] = text.split(':');
  return { service, account, resource: rest.join(':') };
}

/** Names of services in ARNs that CloudFormation spells otherwise. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  elasticloadbalancing: ['elasticloadbalancingv2', 'elasticloadbalancing'],
  es: ['elasticsearch', 'opensearchservice'],
  states: ['stepfunctions'],
  acm: ['certificatemanager'],
  elasticfilesystem: ['efs'],
  kafka: ['msk'],
  monitoring: ['cloudwatch'],
  cassandra: ['cassandra'],
  'network-firewall': ['networkfirewall'],
};

function isOfService(type: string, service: string): boolean {
  const own = type.split('::')[1]?.toLowerCase() ?? '';
  const names = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  return (names ?? [service]).includes(own);
}

/** `aws_s3_bucket.logs[0]` is meant by `aws_s3_bucket.logs` where there is only one. */
function plainAddress(name: string): string {
  return name.replace(/\[[^\]]*\]$/, '');
}

/**
 * Of several resources with the same name, those of the type that the tool says or the control judges. A
 * single one of another type stays: a tool may name the bucket where we judge its policy.
 */
function narrowed(
  found: readonly Resource[],
  { type }: ForeignResource,
  types: readonly string[],
): readonly Resource[] {
  if (found.length < 2) return found;
  const judged = found.filter((resource) => types.includes(resource.type));
  if (judged.length > 0) return judged;
  const said = found.filter((resource) => sameType(resource.type, type));
  return said.length > 0 ? said : found;
}

/** `AWS::S3::Bucket` and `AwsS3Bucket` are the same type. */
function sameType(own: string, said: string | undefined): boolean {
  return said?.replaceAll(':', '').toLowerCase() === own.replaceAll(':', '').toLowerCase();
}

/** How many parts two paths have in common, counted from their ends. */
function sharedEnd(a: string, b: string): number {
  const [x, y] = [parts(a).toReversed(), parts(b).toReversed()];
  const differs = x.findIndex((part, index) => part !== y[index]);
  return differs < 0 ? x.length : differs;
}

function parts(path: string): readonly string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
}
