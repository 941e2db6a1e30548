import type { Resource } from '../../model/resource.ts';
import { type TreeEntry, type TreeNode, treeChild } from '../document/tree.ts';

/**
 * Properties that a serverless resource hands on, under the same name, to what SAM makes of it (AWS SAM developer
 * guide, the page of each type: "passed directly to").
 */
const HANDED_ON: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map([
  [
    'AWS::Serverless::Function',
    new Map([['AWS::Lambda::Function', ['KmsKeyArn', 'ReservedConcurrentExecutions']]]),
  ],
  [
    'AWS::Serverless::SimpleTable',
    new Map([['AWS::DynamoDB::Table', ['PointInTimeRecoverySpecification', 'SSESpecification']]]),
  ],
  [
    'AWS::Serverless::Api',
    new Map([['AWS::ApiGateway::Stage', ['AccessLogSetting', 'MethodSettings', 'TracingEnabled']]]),
  ],
  [
    'AWS::Serverless::HttpApi',
    new Map([['AWS::ApiGatewayV2::Stage', ['AccessLogSettings', 'DefaultRouteSettings']]]),
  ],
]);

/**
 * The serverless resource of which SAM makes another one, where that is known to be so: SAM lists the logical ids
 * that it gives ("Generated AWS CloudFormation resources"), so that they can be referred to.
 *
 * @param root the template that declares it
 */
export function serverlessSource(root: TreeNode, { span, type }: Resource): TreeEntry | undefined {
  const resources = treeChild(root, 'Resources');
  const entry =
    resources?.kind === 'map' ? resources.entries.find(({ start }) => start === span.start) : undefined;
  return entry && HANDED_ON.get(typeOf(entry) ?? '')?.has(type) ? entry : undefined;
}

/**
 * The name of the serverless resource through which a property of what SAM makes of it is set; undefined where that
 * is not certain, as where all of its kind get the property from `Globals`.
 */
export function serverlessSetter(root: TreeNode, resource: Resource, property: string): string | undefined {
  const entry = serverlessSource(root, resource);
  if (!entry) return undefined;
  const type = typeOf(entry) ?? '';
  const kind = type.slice(type.lastIndexOf(':') + 1);
  const isGlobal = treeChild(treeChild(treeChild(root, 'Globals'), kind), property) !== undefined;
  return !isGlobal && HANDED_ON.get(type)?.get(resource.type)?.includes(property) ? entry.key : undefined;
}

function typeOf({ value }: TreeEntry): string | undefined {
  const type = treeChild(value, 'Type');
  return type?.kind === 'scalar' ? type.value : undefined;
}
