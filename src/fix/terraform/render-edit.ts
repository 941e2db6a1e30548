import type { Edit, EditValue } from '../../model/remedy.ts';
import { JOINS, TYPES } from '../../sources/terraform/types/registry.ts';
import {
  argumentsFor,
  type Hcl,
  indented,
  isMap,
  literalOf,
  quoted,
  type ReferenceWriter,
} from './hcl-words.ts';
import { withLogStreams } from './log-streams.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import { specialBlocks } from './special.ts';
import { specialProperty } from './special-properties.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;
type SetProperty = Extract<Edit, { readonly kind: 'set-property' }>;

/**
 * The edits of one remedy as HCL that can be copied, edit by edit; undefined for an edit that Terraform's
 * table has no words for (then CloudFormation's words say what is meant).
 */
export function terraformOf(edits: readonly Edit[]): readonly Hcl[] {
  const added = new Map(
    edits.flatMap((edit) => (edit.kind === 'add-resource' ? [[edit.logicalId, edit] as const] : [])),
  );
  const write = referenceWriter(added);
  return edits.map((edit) => {
    if (edit.kind === 'set-property') return setProperty(edit, write);
    const whole = withLogStreams(edit, added);
    return whole.kind === 'add-resource' ? addedLines(whole, write) : undefined;
  });
}

/** The type and name of `tf:aws_db_instance.database`; resources of modules are edited where they are written. */
export function addressOf(resource: string): { readonly type: string; readonly name: string } | undefined {
  const match = /^(?:tf:)?(?:[^.]*\/)?([a-z0-9_]+)\.([\w-]+)$/.exec(resource);
  return match?.[1] && match[2] ? { type: match[1], name: match[2] } : undefined;
}

/** A property as the block in which it is given: of the resource itself, or of one beside it. */
export function setProperty(edit: SetProperty, write: ReferenceWriter): Hcl {
  const address = addressOf(edit.resource);
  const mapping = TYPES.find(({ terraform }) => terraform === address?.type);
  if (!address || !mapping) return undefined;
  const properties = nested(edit.path, edit.value);
  // The provider has deprecated a bucket's inline blocks, and a role's list of policies (which would take away the
  // ones attached elsewhere), for resources of their own.
  const apart = APART.includes(mapping.type) ? besideIt(address, mapping.type, properties, write) : undefined;
  if (apart) return apart;
  const inPlace = isMap(properties) ? argumentsFor(properties, mapping.fields, write) : undefined;
  if (inPlace) return resourceBlock(address.type, address.name, inPlace);
  const special = specialProperty(mapping.type, edit, write);
  if (special) return resourceBlock(address.type, address.name, special);
  return besideIt(address, mapping.type, properties, write);
}

const APART: readonly string[] = ['AWS::S3::Bucket', 'AWS::IAM::Role'];

/** Properties that Terraform declares as a resource of its own beside the one they belong to. */
function besideIt(
  address: { readonly type: string; readonly name: string },
  type: string,
  properties: EditValue,
  write: ReferenceWriter,
): Hcl {
  if (!isMap(properties)) return undefined;
  if (type === 'AWS::IAM::Role') return attachedPolicy(address, properties, write);
  if (type === 'AWS::S3::Bucket' && properties.LoggingConfiguration) {
    return bucketLogging(address, properties.LoggingConfiguration, write);
  }
  if (type === 'AWS::S3::Bucket' && properties.LifecycleConfiguration) {
    return bucketLifecycle(address, properties.LifecycleConfiguration);
  }
  if (type === 'AWS::S3::Bucket' && properties.ObjectLockConfiguration) {
    return bucketLock(address, properties.ObjectLockConfiguration);
  }
  for (const join of JOINS) {
    if (join.intoType !== type) continue;
    const inner = argumentsFor(properties, join.fields, write);
    if (!inner || inner.length === 0) continue;
    return resourceBlock(join.terraform, address.name, [
      `${join.into} = ${address.type}.${address.name}.id`,
      ...inner,
    ]);
  }
  return undefined;
}

function addedLines(edit: AddResource, write: ReferenceWriter): Hcl {
  const blocks = addedBlocks(edit, write);
  return blocks?.flatMap(({ lines }, index) => (index === 0 ? lines : ['', ...lines]));
}

/** A resource block of its own, with its address. */
export interface AddedBlock {
  /** `aws_s3_bucket.trail_bucket`. */
  readonly address: string;
  readonly lines: readonly string[];
}

/** The blocks that say what an added resource is: Terraform has several for some of CloudFormation's types. */
export function addedBlocks(edit: AddResource, write: ReferenceWriter): readonly AddedBlock[] | undefined {
  const name = snakeCase(edit.logicalId);
  const special = specialBlocks(edit, name, write);
  if (special) return special.map(({ type, name: own, inner }) => blockOf(type, own, inner));
  for (const { terraform, type, fields } of TYPES) {
    if (type !== edit.type) continue;
    const whole = APART.includes(type) ? undefined : argumentsFor(edit.properties, fields, write);
    if (whole) return [blockOf(terraform, name, whole)];
    const parts = inParts({ type: terraform, name }, edit, fields, write);
    if (parts) return parts;
  }
  return undefined;
}

/** Arguments that Terraform requires where CloudFormation makes up a name. */
const REQUIRED_NAMES: ReadonlyMap<string, string> = new Map([
  ['aws_accessanalyzer_analyzer', 'analyzer_name'],
  ['aws_cloudtrail', 'name'],
]);

function blockOf(type: string, name: string, own: readonly string[]): AddedBlock {
  const argument = REQUIRED_NAMES.get(type);
  const isNamed = argument === undefined || own.some((line) => line.startsWith(`${argument} =`));
  const inner = isNamed ? own : [`${argument} = ${quoted(name.replaceAll('_', '-'))}`, ...own];
  return { address: `${type}.${name}`, lines: [`resource "${type}" "${name}" {`, ...indented(inner), '}'] };
}

/** Properties that have no argument become resources beside it, as Terraform has them for buckets. */
function inParts(
  address: { readonly type: string; readonly name: string },
  edit: AddResource,
  fields: (typeof TYPES)[number]['fields'],
  write: ReferenceWriter,
): readonly AddedBlock[] | undefined {
  const own: string[] = [];
  const beside: AddedBlock[] = [];
  for (const [key, value] of Object.entries(edit.properties)) {
    const part = besideIt(address, edit.type, { [key]: value }, write);
    const inner = part ? undefined : argumentsFor({ [key]: value }, fields, write);
    if (inner) own.push(...inner);
    else if (part) beside.push({ address: addressIn(part), lines: part });
    else return undefined;
  }
  return [blockOf(address.type, address.name, own), ...beside];
}

/** The address of a block by its first line. */
export function addressIn([first = '']: readonly string[]): string {
  const match = /^resource "([^"]+)" "([^"]+)"/.exec(first);
  return `${match?.[1]}.${match?.[2]}`;
}

/** A managed policy of a role is an attachment of its own. */
function attachedPolicy(
  { type, name }: { readonly type: string; readonly name: string },
  properties: { readonly [key: string]: EditValue },
  write: ReferenceWriter,
): Hcl {
  const arns = properties.ManagedPolicyArns;
  const [arn, ...others] = Array.isArray(arns) ? (arns as readonly EditValue[]) : [];
  const policy = arn === undefined || others.length > 0 ? undefined : literalOf(arn, write);
  if (policy === undefined) return undefined;
  const own = /([A-Za-z]+)"$/.exec(policy)?.[1] ?? 'policy';
  return resourceBlock('aws_iam_role_policy_attachment', `${name}_${snakeCase(own)}`, [
    `role = ${type}.${name}.name`,
    `policy_arn = ${policy}`,
  ]);
}

function bucketLogging(
  { type, name }: { readonly type: string; readonly name: string },
  value: EditValue,
  write: ReferenceWriter,
): Hcl {
  const target = isMap(value) ? literalOf(value.DestinationBucketName ?? null, write) : undefined;
  const prefix = isMap(value) ? literalOf(value.LogFilePrefix ?? '', write) : undefined;
  if (target === undefined || prefix === undefined || target === 'null') return undefined;
  return resourceBlock('aws_s3_bucket_logging', name, [
    `bucket = ${type}.${name}.id`,
    `target_bucket = ${target}`,
    `target_prefix = ${prefix}`,
  ]);
}

/** The retention of objects for which a bucket says nothing else. */
function bucketLock({ type, name }: { readonly type: string; readonly name: string }, value: EditValue): Hcl {
  const rule = isMap(value) && isMap(value.Rule) ? value.Rule.DefaultRetention : undefined;
  if (!isMap(rule) || typeof rule.Mode !== 'string' || typeof rule.Days !== 'number') return undefined;
  return resourceBlock('aws_s3_bucket_object_lock_configuration', name, [
    `bucket = ${type}.${name}.id`,
    'rule {',
    '  default_retention {',
    `    mode = ${quoted(rule.Mode)}`,
    `    days = ${rule.Days}`,
    '  }',
    '}',
  ]);
}

/** Rules that expire objects or their old versions; others have no words here. */
function bucketLifecycle(
  { type, name }: { readonly type: string; readonly name: string },
  value: EditValue,
): Hcl {
  const rules = isMap(value) && Array.isArray(value.Rules) ? (value.Rules as readonly EditValue[]) : [];
  const written = rules.map((rule, index) => (isMap(rule) ? lifecycleRule(rule, index) : undefined));
  if (written.includes(undefined)) return undefined;
  return resourceBlock('aws_s3_bucket_lifecycle_configuration', name, [
    `bucket = ${type}.${name}.id`,
    ...written.flatMap((lines) => lines ?? []),
  ]);
}

function lifecycleRule(rule: { readonly [key: string]: EditValue }, index: number): Hcl {
  const { Id, Status, ExpirationInDays, NoncurrentVersionExpiration: old, ...others } = rule;
  if (Object.keys(others).length > 0) return undefined;
  const days = isMap(old) ? old.NoncurrentDays : undefined;
  return [
    'rule {',
    ...indented([
      `id = ${quoted(typeof Id === 'string' ? Id : `rule-${index + 1}`)}`,
      `status = ${quoted(String(Status))}`,
      'filter {}',
      ...(ExpirationInDays === undefined
        ? []
        : ['expiration {', `  days = ${String(ExpirationInDays)}`, '}']),
      ...(days === undefined
        ? []
        : ['noncurrent_version_expiration {', `  noncurrent_days = ${String(days)}`, '}']),
    ]),
    '}',
  ];
}

function resourceBlock(type: string, name: string, inner: readonly string[]): Hcl {
  return [`resource "${type}" "${name}" {`, ...indented(inner), '}'];
}

/** References to resources that stand in the files or that the same remedy adds. */
export function referenceWriter(added: ReadonlyMap<string, AddResource>): ReferenceWriter {
  return (reference) => {
    if (!isMap(reference)) return undefined;
    if (typeof reference['Fn::Sub'] === 'string') return template(reference['Fn::Sub'], added);
    const target = reference.Ref ?? reference['Fn::GetAtt'];
    const name = Array.isArray(target) ? target[0] : target;
    const wanted = Array.isArray(target) ? target[1] : 'Ref';
    if (typeof name !== 'string' || typeof wanted !== 'string') return undefined;
    return traversal(name, wanted, added);
  };
}

const CERTIFICATE = 'AWS::CertificateManager::Certificate';

/**
 * The expression for an attribute. Whoever uses an added certificate waits until it is validated, and a
 * distribution takes a bucket for its logs only when that takes access control lists already.
 */
function traversal(
  name: string,
  wanted: string,
  added: ReadonlyMap<string, AddResource>,
): string | undefined {
  const pseudo = pseudoParameter(name);
  if (pseudo) return pseudo;
  const edit = added.get(name);
  if (edit?.type === CERTIFICATE) return `aws_acm_certificate_validation.${snakeCase(name)}.certificate_arn`;
  if (wanted === 'DomainName' && edit?.properties.OwnershipControls) {
    return `"\${aws_s3_bucket_ownership_controls.${snakeCase(name)}.bucket}.s3.amazonaws.com"`;
  }
  const address = edit ? addedAddress(edit) : addressOf(name);
  return address && `${address.type}.${address.name}.${attributeOf(address.type, wanted)}`;
}

/** `Fn::Sub` as an HCL template; pseudo parameters other than those of added resources have no plain way. */
function template(text: string, added: ReadonlyMap<string, AddResource>): string | undefined {
  const parts = text.split(/(\$\{[^}]+\})/).map((part) => {
    if (!part.startsWith('${')) return quoted(part).slice(1, -1);
    const inner = part.slice(2, -1);
    const dot = inner.lastIndexOf('.');
    const known = inner.startsWith('AWS::') || added.has(inner) || addressOf(inner) !== undefined;
    const [name, wanted] = known || dot < 0 ? [inner, 'Ref'] : [inner.slice(0, dot), inner.slice(dot + 1)];
    const written = traversal(name, wanted, added);
    return written && `\${${written}}`;
  });
  return parts.includes(undefined) ? undefined : `"${parts.join('')}"`;
}

function addedAddress({ type, logicalId }: AddResource) {
  const mapping = TYPES.find((each) => each.type === type);
  return mapping && { type: mapping.terraform, name: snakeCase(logicalId) };
}

/** The Terraform attribute that gives what CloudFormation calls `Ref` or an attribute. */
function attributeOf(terraform: string, wanted: string): string {
  const mapping = TYPES.find((each) => each.terraform === terraform);
  const named = Object.entries(mapping?.attributes ?? {}).filter(([, attribute]) => attribute === wanted);
  const arn = named.find(([name]) => name === 'arn');
  return (arn ?? named[0])?.[0] ?? (wanted.endsWith('Arn') ? 'arn' : 'id');
}

/** A value below a path of keys; a number in the path is a place in a list. */
function nested(path: readonly string[], value: EditValue): EditValue {
  return path.reduceRight<EditValue>((inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }), value);
}

/** `LoadBalancerWebAcl` as `load_balancer_web_acl`; a doubled provider prefix is left out. */
export function snakeCase(logicalId: string): string {
  return logicalId
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^aws_[a-z]+_/, '');
}
