import { type DocumentNode, stringOf } from '../../../kernel/document.ts';
import { known, list, map, type Value } from '../../../model/value.ts';
import { rememberStructure } from '../evaluate/json-text.ts';
import { referenceTo, valueFromParts } from '../evaluate/values.ts';
import { idOf } from '../terraform-resource.ts';
import { jsonStructure } from '../translate/json-structure.ts';
import { ATTRIBUTE_NAMES } from '../types/registry.ts';

/** Arguments that name a resource of a certain type by a plain name instead of an id or ARN. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  bucket: ['aws_s3_bucket'],
  s3_bucket_name: ['aws_s3_bucket'],
  target_bucket: ['aws_s3_bucket'],
  role: ['aws_iam_role', 'aws_iam_instance_profile'],
  roles: ['aws_iam_role'],
  user: ['aws_iam_user'],
  users: ['aws_iam_user'],
  group: ['aws_iam_group'],
  groups: ['aws_iam_group'],
  iam_instance_profile: ['aws_iam_instance_profile'],
  db_subnet_group_name: ['aws_db_subnet_group'],
  parameter_group_name: ['aws_db_parameter_group'],
  db_cluster_parameter_group_name: ['aws_rds_cluster_parameter_group'],
  cluster_identifier: ['aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'],
  subnet_group_name: ['aws_elasticache_subnet_group'],
  function_name: ['aws_lambda_function'],
  cluster: ['aws_ecs_cluster'],
  cluster_name: ['aws_eks_cluster'],
  log_group_name: ['aws_cloudwatch_log_group'],
  rule: ['aws_cloudwatch_event_rule'],
  repository: ['aws_ecr_repository'],
  autoscaling_group_name: ['aws_autoscaling_group'],
  launch_configuration: ['aws_launch_configuration'],
  secret_id: ['aws_secretsmanager_secret'],
  target_key_id: ['aws_kms_key'],
  stage_name: ['aws_api_gateway_stage'],
};

/** Ids that AWS gives cannot be mistaken for anything else: `vpc-0a1b…`, ARNs, queue URLs, key ids. */
const TELLING_ID =
  /^(?:[a-z]+-[0-9a-f]{8,17}|arn:.+|https:\/\/sqs\..+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Knows which resource an id or ARN in a plan or state belongs to, so that literals become references again. */
export class IdentityIndex {
  readonly #byIdentity = new Map<string, { address: string; attribute: string }>();
  readonly #arns = new Set<string>();
  readonly #byName = new Map<string, string>();
  readonly #identifying = new Map<string, string>();

  /** Learns the attributes by which others may call a resource. */
  learn(type: string, address: string, values: DocumentNode | undefined): void {
    const texts = new Map<string, string>();
    for (const { key, value } of values?.kind === 'map' ? values.entries : []) {
      const text = stringOf(value);
      if (text === undefined || ATTRIBUTE_NAMES.identifying(type, key) === undefined) continue;
      texts.set(key, text);
      this.#identifying.set(`${address}.${key}`, text);
    }
    this.#add(type, address, texts.get('id'), texts.get('arn'));
  }

  /** The text of an identifying attribute, or undefined while it is not known. */
  textOf(address: string, attribute: string): string | undefined {
    return this.#identifying.get(`${address}.${attribute}`);
  }

  /** What only settles something about another resource may have that one's ARN for its id: the ARN is its owner's. */
  #add(type: string, address: string, id: string | undefined, arn: string | undefined): void {
    if (arn !== undefined) this.#arns.add(arn);
    if (id !== undefined) {
      const borrowed = id !== arn && this.#arns.has(id);
      if (TELLING_ID.test(id) && !borrowed) this.#byIdentity.set(id, { address, attribute: 'Ref' });
      this.#byName.set(`${type} ${id}`, address);
    }
    if (arn !== undefined && arn !== id) this.#byIdentity.set(arn, { address, attribute: 'Arn' });
  }

  /** The value with every literal that identifies another resource as a reference to it. */
  resolve(value: Value, argument: string, self: string): Value {
    switch (value.kind) {
      case 'known':
        return typeof value.value === 'string'
          ? this.#resolveText(value.value, value, argument, self)
          : value;
      case 'list':
        return list(
          value.items.map((item) => this.resolve(item, argument, self)),
          value.span,
        );
      case 'map':
        return map(
          new Map([...value.entries].map(([key, entry]) => [key, this.resolve(entry, key, self)])),
          value.span,
        );
      default:
        return value;
    }
  }

  #resolveText(text: string, value: Value, argument: string, self: string): Value {
    if (text.startsWith('{')) return this.#withResolvedStructure(text, value, self);
    const found = this.#find(text, argument);
    if (found && found.address !== self) {
      return referenceTo(found.address, idOf(found.address), found.attribute, value.span);
    }
    const slash = text.startsWith('arn:') ? text.indexOf('/') : -1;
    const owner = slash > 0 ? this.#byIdentity.get(text.slice(0, slash)) : undefined;
    if (!owner) return value;
    const { address, attribute } = owner;
    const hole = { type: 'reference' as const, expression: address, resource: idOf(address), attribute };
    return valueFromParts([hole, text.slice(slash)], 'after-deployment', value.span);
  }

  #withResolvedStructure(text: string, value: Value, self: string): Value {
    const structure = jsonStructure(value);
    if (structure.kind !== 'map') return value;
    return rememberStructure(known(text, value.span), this.resolve(structure, '', self));
  }

  #find(text: string, argument: string): { address: string; attribute: string } | undefined {
    const exact = this.#byIdentity.get(text);
    if (exact) return exact;
    const types = Object.hasOwn(NAMING, argument) ? NAMING[argument] : undefined;
    for (const type of types ?? []) {
      const address = this.#byName.get(`${type} ${text}`);
      if (address !== undefined) return { address, attribute: 'Ref' };
    }
    return undefined;
  }
}
