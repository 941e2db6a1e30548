import { stringFrom, type Value } from '../../../model/value.ts';
import { bodyValue, configured } from '../evaluate/bodies.ts';
import type { Scope } from '../evaluate/scope.ts';
import { undecidedAt, valueFromParts } from '../evaluate/values.ts';
import type { Block } from '../hcl/syntax.ts';
import { policyDocumentText } from '../translate/policy-document.ts';

/** Names of attributes in CloudFormation's words. */
export interface AttributeNames {
  /** The attribute for one that identifies the resource (`id`, `arn`, …), else undefined. */
  identifying(type: string, name: string): string | undefined;
  /** The attribute for any; those without a counterpart keep their name. */
  any(type: string, name: string): string;
}

interface DataRequest {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly block: Block;
  readonly scope: Scope;
  readonly region: Value | undefined;
}

/** An attribute of a data source that can be told without asking AWS; undefined for all others. */
export function dataAttribute(request: DataRequest): Value | undefined {
  const { type, name, block, scope } = request;
  if (type === 'aws_iam_policy_document' && (name === 'json' || name === 'minified_json')) {
    return policyDocumentText(bodyValue(block.body, scope, block.span));
  }
  return gap(request) ?? configured(block.body, name, scope);
}

/** Facts about the account and region that are holes of a known type, and secrets fetched at deployment. */
function gap({ type, name, address, block, region }: DataRequest): Value | undefined {
  const expression = `${address}.${name}`;
  const hole = (kind: 'account' | 'region' | 'partition' | 'zone' | 'other') => ({
    ...undecidedAt(block.span, 'pseudo-parameter', [{ type: kind, expression }]),
    expression,
  });
  switch (`${type}.${name}`) {
    case 'aws_caller_identity.account_id':
    case 'aws_caller_identity.id':
      return hole('account');
    case 'aws_region.name':
    case 'aws_region.id':
    case 'aws_region.region':
      return region && stringFrom(region) !== undefined ? region : hole('region');
    case 'aws_partition.partition':
    case 'aws_partition.id':
      return hole('partition');
    case 'aws_partition.dns_suffix':
      return valueFromParts(['amazonaws.com'], 'pseudo-parameter', block.span);
    case 'aws_availability_zones.names':
    case 'aws_availability_zones.zone_ids':
      return hole('zone');
    case 'aws_ami.id':
    case 'aws_ami.image_id':
    case 'aws_ssm_parameter.value':
    case 'aws_ssm_parameter.insecure_value':
    case 'aws_secretsmanager_secret_version.secret_string':
    case 'aws_secretsmanager_random_password.random_password':
      return { ...hole('other'), why: type === 'aws_ami' ? 'after-deployment' : 'dynamic-reference' };
    default:
      return undefined;
  }
}
