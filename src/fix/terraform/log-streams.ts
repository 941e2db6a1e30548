import type { Edit, EditValue } from '../../model/remedy.ts';
import { isMap } from './hcl-words.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;

/** Types in which the ARN of a log group stands for its streams as well. */
const OF_STREAMS: readonly string[] = [
  'AWS::CloudTrail::Trail',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
];

/** Names of stacks are CloudFormation's: a log group of AWS WAF is called without. */
const OF_STACK = '${AWS::StackName}-';

/**
 * CloudFormation's ARN of a log group ends in `:*` and so names its streams; Terraform's does not
 * (`aws_cloudwatch_log_group`: `arn`; `aws_cloudtrail`: "CloudTrail requires the Log Stream wildcard").
 *
 * @param added the resources that the same change adds, by name
 */
export function withLogStreams(edit: Edit, added: ReadonlyMap<string, AddResource>): Edit {
  if (edit.kind !== 'add-resource') return edit;
  if (edit.type === 'AWS::Logs::LogGroup') return withoutStackName(edit);
  if (!OF_STREAMS.includes(edit.type)) return edit;
  const properties = Object.entries(edit.properties).map(([key, value]) => [key, streamsIn(value, added)]);
  return { ...edit, properties: Object.fromEntries(properties) };
}

function withoutStackName(edit: AddResource): AddResource {
  const { LogGroupName } = edit.properties;
  const name = isMap(LogGroupName) ? LogGroupName['Fn::Sub'] : undefined;
  if (typeof name !== 'string' || !name.includes(OF_STACK)) return edit;
  return { ...edit, properties: { ...edit.properties, LogGroupName: name.replace(OF_STACK, '') } };
}

function streamsIn(value: EditValue, added: ReadonlyMap<string, AddResource>): EditValue {
  if (Array.isArray(value)) return (value as readonly EditValue[]).map((each) => streamsIn(each, added));
  if (!isMap(value)) return value;
  const target = value['Fn::GetAtt'];
  if (Array.isArray(target) && target[1] === 'Arn') {
    const [name] = target as readonly EditValue[];
    const isGroup = typeof name === 'string' && added.get(name)?.type === 'AWS::Logs::LogGroup';
    return isGroup ? { 'Fn::Sub': `\${${name}.Arn}:*` } : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, streamsIn(each, added)]));
}
