import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';

/** A stack of a CDK cloud assembly (`cdk.out`). */
export interface AssemblyStack {
  /** The template's file, relative to the assembly. */
  readonly templateFile: string;
  readonly stackName: string;
}

/** The stacks that the `manifest.json` of a cloud assembly lists; undefined when it is no such manifest. */
export function assemblyStacks(manifest: DocumentNode): readonly AssemblyStack[] | undefined {
  const artifacts = child(manifest, 'artifacts');
  if (artifacts?.kind !== 'map' || !child(manifest, 'version')) return undefined;
  return artifacts.entries.flatMap(({ key, value }) => {
    if (stringOf(child(value, 'type')) !== 'aws:cloudformation:stack') return [];
    const properties = child(value, 'properties');
    const templateFile = stringOf(child(properties, 'templateFile'));
    if (templateFile === undefined) return [];
    return [{ templateFile, stackName: stringOf(child(properties, 'stackName')) ?? key }];
  });
}
