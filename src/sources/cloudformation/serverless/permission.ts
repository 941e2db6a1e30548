import type { DocumentNode, MapEntry } from '../../../kernel/document.ts';
import { refNode, scalarNode } from '../nodes.ts';
import { madeResource, type ServerlessResource } from './made-resource.ts';

/** A permission for a service to call a function. */
export function invokePermission(
  name: string,
  principal: string,
  sourceArn: DocumentNode | undefined,
  source: ServerlessResource,
): MapEntry {
  const { at } = source;
  return madeResource(
    name,
    'AWS::Lambda::Permission',
    {
      Action: scalarNode('lambda:InvokeFunction', at),
      FunctionName: refNode(source.name, at),
      Principal: scalarNode(principal, at),
      SourceArn: sourceArn,
    },
    source,
  );
}
