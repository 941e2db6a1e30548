import type { AttributeNames } from '../module/data-sources.ts';
import type { Join, TypeMapping } from '../translate/type-mapping.ts';
import { ANALYTICS_JOINS, ANALYTICS_TYPES } from './analytics.ts';
import { API_GATEWAY_JOINS, API_GATEWAY_TYPES } from './api-gateway.ts';
import { COMPUTE_JOINS, COMPUTE_TYPES } from './compute.ts';
import { DATABASE_TYPES } from './databases.ts';
import { EDGE_TYPES } from './edge.ts';
import { IAM_JOINS, IAM_TYPES } from './iam.ts';
import { LOAD_BALANCING_JOINS, LOAD_BALANCING_TYPES } from './load-balancing.ts';
import { MANAGEMENT_JOINS, MANAGEMENT_TYPES } from './management.ts';
import { MESSAGING_TYPES } from './messaging.ts';
import { NETWORK_JOINS, NETWORK_TYPES } from './network.ts';
import { S3_JOINS, S3_TYPES } from './s3.ts';
import { SECRET_JOINS, SECRET_TYPES } from './secrets.ts';
import { WAF_TYPES } from './waf.ts';
import { WATCHING_JOINS, WATCHING_TYPES } from './watching.ts';
import { WORKLOAD_JOINS, WORKLOAD_TYPES } from './workloads.ts';

/** Every Terraform type that is said in CloudFormation's words as a resource of its own. */
export const TYPES: readonly TypeMapping[] = [
  S3_TYPES,
  NETWORK_TYPES,
  COMPUTE_TYPES,
  LOAD_BALANCING_TYPES,
  DATABASE_TYPES,
  IAM_TYPES,
  SECRET_TYPES,
  EDGE_TYPES,
  WAF_TYPES,
  API_GATEWAY_TYPES,
  ANALYTICS_TYPES,
  MESSAGING_TYPES,
  MANAGEMENT_TYPES,
  WORKLOAD_TYPES,
  WATCHING_TYPES,
].flat();

/** Every Terraform type that is merged into another resource. */
export const JOINS: readonly Join[] = [
  S3_JOINS,
  NETWORK_JOINS,
  COMPUTE_JOINS,
  LOAD_BALANCING_JOINS,
  IAM_JOINS,
  SECRET_JOINS,
  API_GATEWAY_JOINS,
  ANALYTICS_JOINS,
  MANAGEMENT_JOINS,
  WORKLOAD_JOINS,
  WATCHING_JOINS,
].flat();

const byTerraform = new Map(TYPES.map((each) => [each.terraform, each]));
const joinsByTerraform = new Map<string, Join[]>();
for (const each of JOINS) {
  joinsByTerraform.set(each.terraform, [...(joinsByTerraform.get(each.terraform) ?? []), each]);
}

export function mappingOf(terraformType: string): TypeMapping | undefined {
  return byTerraform.get(terraformType);
}

export function joinsOf(terraformType: string): readonly Join[] {
  return joinsByTerraform.get(terraformType) ?? [];
}

const COMMON: ReadonlyMap<string, string> = new Map([
  ['id', 'Ref'],
  ['arn', 'Arn'],
]);

/** Names of attributes in CloudFormation's words, from the table. */
export const ATTRIBUTE_NAMES: AttributeNames = {
  identifying: (type, name) => {
    const own = mappingOf(type)?.attributes;
    if (own && Object.hasOwn(own, name)) return own[name];
    return COMMON.get(name);
  },
  any: (type, name) => ATTRIBUTE_NAMES.identifying(type, name) ?? name,
};
