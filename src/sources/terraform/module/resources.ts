import { booleanFrom, type Value } from '../../../model/value.ts';
import { configured, configuredNames } from '../evaluate/bodies.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { type Attribute, type Block, traversalOf } from '../hcl/syntax.ts';
import type { TerraformResource } from '../terraform-resource.ts';
import type { DeclaredResource, ModuleInstance } from './instance.ts';

/** Every managed resource of a module and of the modules below it. */
export function resourcesIn(module: ModuleInstance): readonly TerraformResource[] {
  const own = module
    .resources()
    .filter((declared) => declared.block.type === 'resource')
    .flatMap((declared) => instancesOf(declared, module));
  return [...own, ...module.children().flatMap(resourcesIn)];
}

function instancesOf(declared: DeclaredResource, module: ModuleInstance): readonly TerraformResource[] {
  const { block, type } = declared;
  return declared.repetition.instances.map((instance) => {
    const attributes = new Map<string, Value>();
    for (const name of configuredNames(block.body)) {
      const value = configured(block.body, name, instance.scope);
      if (value) attributes.set(name, value);
    }
    return {
      address: `${declared.address}${instance.suffix}`,
      type,
      module: module.address,
      attributes,
      span: block.span,
      exists: instance.exists,
      dependsOn: dependenciesOf(block, module),
      basis: 'template',
      movedFrom: movedTo(declared, module),
      preventDestroy: preventsDestroy(block, module),
      sensitive: [],
    };
  });
}

function dependenciesOf(block: Block, module: ModuleInstance): readonly string[] {
  const listed = block.body.attributes.get('depends_on')?.value;
  if (listed?.kind !== 'tuple') return [];
  return listed.items.flatMap((item) => {
    const steps = traversalOf(item);
    return steps ? [module.addressOf(steps.slice(0, 2).join('.'))] : [];
  });
}

function preventsDestroy(block: Block, module: ModuleInstance): boolean {
  const lifecycle = block.body.blocks.find((each) => each.type === 'lifecycle');
  const attribute = lifecycle?.body.attributes.get('prevent_destroy');
  return attribute !== undefined && booleanFrom(evaluate(attribute.value, module.scope)) === true;
}

/** The addresses from which `moved` blocks of the module say that a resource came. */
function movedTo(declared: DeclaredResource, module: ModuleInstance): readonly string[] {
  return module.source.moved.flatMap((block) => {
    const [from, to] = [
      addressIn(block.body.attributes.get('from')),
      addressIn(block.body.attributes.get('to')),
    ];
    return from && to && module.addressOf(to) === declared.address ? [module.addressOf(from)] : [];
  });
}

function addressIn(attribute: Attribute | undefined): string | undefined {
  return attribute && traversalOf(attribute.value)?.join('.');
}
