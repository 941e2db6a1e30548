import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';

/** A resource that stands for a whole template of its own. */
export interface NestedLocation {
  readonly logicalId: string;
  /** What `TemplateURL` (or SAM's `Location`) says, when it is written literally, or the CDK asset behind it. */
  readonly location: string | undefined;
  readonly node: DocumentNode;
}

const LOCATION_PROPERTY: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
]);

/** The nested stacks of a template, with where their templates lie. */
export function nestedLocations(root: DocumentNode): readonly NestedLocation[] {
  const resources = child(root, 'Resources');
  if (resources?.kind !== 'map') return [];
  return resources.entries.flatMap((entry) => {
    const property = LOCATION_PROPERTY.get(stringOf(child(entry.value, 'Type')) ?? '');
    if (property === undefined) return [];
    const node = child(child(entry.value, 'Properties'), property);
    const location = assetPath(entry.value, property) ?? stringOf(node);
    return [{ logicalId: entry.key, location, node: node ?? entry.value }];
  });
}

/** Where CDK put the file that a property will point to: it says so in the resource's metadata. */
function assetPath(resource: DocumentNode, property: string): string | undefined {
  const metadata = child(resource, 'Metadata');
  const named = stringOf(child(metadata, 'aws:asset:property'));
  return named === property ? stringOf(child(metadata, 'aws:asset:path')) : undefined;
}

/** Whether a location is a file beside the template, not an address. */
export function isLocalLocation(location: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(location) && !location.startsWith('/') && !location.includes('\\');
}
