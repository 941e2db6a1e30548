import type { Edit, EditValue } from '../../model/remedy.ts';
import { type Hcl, indented, isMap, literalOf, quoted, type ReferenceWriter } from './hcl-words.ts';

type SetProperty = Extract<Edit, { readonly kind: 'set-property' }>;
type Properties = { readonly [key: string]: EditValue };

/** Properties of a resource that Terraform gives in blocks of another shape. */
export function specialProperty(type: string, edit: SetProperty, write: ReferenceWriter): Hcl {
  const [property] = edit.path;
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && property === 'LoadBalancerAttributes') {
    return accessLogs(edit.value, write);
  }
  if (type === 'AWS::EC2::SecurityGroup' && property === 'SecurityGroupIngress') {
    const rules = edit.path.length === 1 && Array.isArray(edit.value) ? edit.value : [edit.value];
    const blocks = (rules as readonly EditValue[]).map((rule) => ingressBlock(rule, write));
    return blocks.some((block) => block === undefined) ? undefined : blocks.flatMap((block) => block ?? []);
  }
  if (type === 'AWS::ElasticLoadBalancing::LoadBalancer' && property === 'AccessLoggingPolicy') {
    const bucket = isMap(edit.value) ? literalOf(edit.value.S3BucketName ?? null, write) : undefined;
    return bucket === undefined
      ? undefined
      : ['access_logs {', `  bucket = ${bucket}`, '  enabled = true', '}'];
  }
  if (type === 'AWS::ElasticLoadBalancingV2::Listener' && edit.path.join('.') === FIRST_CERTIFICATE) {
    const certificate = literalOf(edit.value, write);
    return certificate === undefined ? undefined : [`certificate_arn = ${certificate}`];
  }
  if (type === 'AWS::DynamoDB::Table' && property === 'SSESpecification' && edit.path.length === 1) {
    return tableEncryption(edit.value, write);
  }
  if (property === 'Parameters' && PARAMETER_GROUPS.includes(type) && edit.path.length === 2) {
    const value = literalOf(edit.value, write);
    const lines = [`  name = ${quoted(edit.path[1] ?? '')}`, `  value = ${value}`];
    return value === undefined ? undefined : ['parameter {', ...lines, '}'];
  }
  if (property === 'Tags' && edit.path.length === 2 && isMap(edit.value)) {
    const { Key, Value } = edit.value;
    const value = literalOf(Value ?? '', write);
    if (typeof Key !== 'string' || value === undefined) return undefined;
    return ['tags = {', `  ${/^[A-Za-z_][\w-]*$/.test(Key) ? Key : quoted(Key)} = ${value}`, '}'];
  }
  return undefined;
}

const FIRST_CERTIFICATE = 'Certificates.0.CertificateArn';

/** A table's own key; that it is one of KMS goes without saying here. */
function tableEncryption(value: EditValue, write: ReferenceWriter): Hcl {
  if (!isMap(value) || value.SSEEnabled !== true || value.SSEType !== 'KMS') return undefined;
  const key = literalOf(value.KMSMasterKeyId ?? null, write);
  if (key === undefined || key === 'null') return undefined;
  return ['server_side_encryption {', '  enabled = true', `  kms_key_arn = ${key}`, '}'];
}

const PARAMETER_GROUPS = ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'];

/** The attributes of the access log are the arguments of one block. */
function accessLogs(value: EditValue, write: ReferenceWriter): Hcl {
  const attributes = Array.isArray(value) ? (value as readonly EditValue[]) : [value];
  const written = attributes.map((each) => (isMap(each) ? accessLogArgument(each, write) : undefined));
  if (written.includes(undefined)) return undefined;
  return ['access_logs {', ...written.map((line) => `  ${line}`), '}'];
}

function accessLogArgument({ Key, Value }: Properties, write: ReferenceWriter): string | undefined {
  const argument = /^access_logs\.s3\.(enabled|bucket|prefix)$/.exec(String(Key))?.[1];
  const literal = argument === 'enabled' ? String(Value) : literalOf(Value ?? null, write);
  return argument === undefined || literal === undefined ? undefined : `${argument} = ${literal}`;
}

function ingressBlock(rule: EditValue, write: ReferenceWriter): Hcl {
  if (!isMap(rule)) return undefined;
  const lines: string[] = [];
  for (const [property, argument, isList] of INGRESS) {
    const value = rule[property];
    if (value === undefined) continue;
    const literal = literalOf(value, write);
    if (literal === undefined) return undefined;
    lines.push(`${argument} = ${isList ? `[${literal}]` : literal}`);
  }
  const known = new Set(INGRESS.map(([property]) => property));
  if (Object.keys(rule).some((property) => !known.has(property))) return undefined;
  return ['ingress {', ...indented(lines), '}'];
}

const INGRESS: readonly (readonly [property: string, argument: string, isList: boolean])[] = [
  ['Description', 'description', false],
  ['IpProtocol', 'protocol', false],
  ['FromPort', 'from_port', false],
  ['ToPort', 'to_port', false],
  ['CidrIp', 'cidr_blocks', true],
  ['CidrIpv6', 'ipv6_cidr_blocks', true],
  ['SourceSecurityGroupId', 'security_groups', true],
  ['SourcePrefixListId', 'prefix_list_ids', true],
];
