import { list, type Value } from '../../../model/value.ts';
import { referenceTo } from '../evaluate/values.ts';
import { idOf, type TerraformResource } from '../terraform-resource.ts';
import { written } from '../translate/fields.ts';
import { jsonStructure } from '../translate/json-structure.ts';
import type { DerivedResource } from '../translate/type-mapping.ts';

/** A reference from a derived resource to the one it was declared in. */
export function toItself(resource: TerraformResource, attribute = 'Ref'): Value {
  return referenceTo(resource.address, idOf(resource.address), attribute, resource.span);
}

/** A resource policy that Terraform writes as an argument and CloudFormation as a resource of its own. */
export function derivePolicy(argument: string, type: string, property: string, asList = false) {
  return (resource: TerraformResource): readonly DerivedResource[] => {
    const policy = written(resource.attributes.get(argument));
    if (!policy) return [];
    const target = toItself(resource);
    const properties = new Map<string, Value>([
      [property, asList ? list([target], policy.span) : target],
      ['PolicyDocument', jsonStructure(policy)],
    ]);
    return [{ suffix: 'policy', type, properties, span: policy.span }];
  };
}
