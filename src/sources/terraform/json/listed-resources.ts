import { child, type DocumentNode, stringOf } from '../../../kernel/document.ts';

/** A resource in the `values` of a plan or state. */
export interface ListedResource {
  readonly address: string;
  readonly type: string;
  /** The address of the module instance that holds it; empty for the root module. */
  readonly module: string;
  readonly values: DocumentNode;
  readonly sensitive: DocumentNode | undefined;
  readonly dependsOn: readonly string[];
  readonly node: DocumentNode;
}

/** The managed resources of a module and of the modules below it ("Values Representation" of Terraform's JSON). */
export function listedResources(module: DocumentNode): readonly ListedResource[] {
  const found: ListedResource[] = [];
  collect(module, found);
  return found;
}

function collect(module: DocumentNode, found: ListedResource[]): void {
  const moduleAddress = stringOf(child(module, 'address')) ?? '';
  for (const node of itemsIn(child(module, 'resources'))) {
    const address = stringOf(child(node, 'address'));
    const values = child(node, 'values');
    if (address === undefined || !values || stringOf(child(node, 'mode')) === 'data') continue;
    found.push({
      address,
      type: stringOf(child(node, 'type')) ?? '',
      module: moduleAddress,
      values,
      sensitive: child(node, 'sensitive_values'),
      dependsOn: itemsIn(child(node, 'depends_on')).flatMap((item) => stringOf(item) ?? []),
      node,
    });
  }
  for (const inner of itemsIn(child(module, 'child_modules'))) collect(inner, found);
}

function itemsIn(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** `aws_subnet.a["x.y"]` → `aws_subnet.a`. */
export function withoutIndexes(localAddress: string): string {
  const bracket = localAddress.indexOf('[');
  return bracket < 0 ? localAddress : localAddress.slice(0, bracket);
}
