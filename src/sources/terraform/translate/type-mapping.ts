import type { Scalar, Value } from '../../../model/value.ts';
import type { TerraformResource } from '../terraform-resource.ts';
import type { Fields } from './fields.ts';
import type { PropertyBuilder } from './property-builder.ts';

/** How a Terraform resource type is said in CloudFormation's words. */
export interface TypeMapping {
  readonly terraform: string;
  readonly type: string;
  readonly fields: Fields;
  /** Terraform attributes that identify the resource, with CloudFormation's attribute (`Ref` or its name). */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What holds when the argument is not written, where Terraform's provider differs from CloudFormation. */
  readonly defaults?: Readonly<Record<string, Scalar>>;
  /** Properties that follow from the type alone. */
  readonly constants?: Readonly<Record<string, Scalar>>;
  /** Arguments whose values Terraform keeps in its state in clear text. */
  readonly secrets?: readonly string[];
  /** Resources that are declared inside this one but stand alone in CloudFormation. */
  readonly derive?: (resource: TerraformResource) => readonly DerivedResource[];
  /** Whether only the derived resources exist in CloudFormation's view. */
  readonly derivedOnly?: (resource: TerraformResource) => boolean;
  /** Completes the arguments before they are carried over. */
  readonly prepare?: (resource: TerraformResource) => ReadonlyMap<string, Value>;
}

/** A resource that follows from a part of another. */
export interface DerivedResource {
  /** Appended to the address after `#`, such as `route[0]`. */
  readonly suffix: string;
  readonly type: string;
  readonly properties: ReadonlyMap<string, Value>;
  readonly span: Value['span'];
  /** A value whose decision says whether it exists. */
  readonly maybe?: Value;
}

/** A resource that is part of another in CloudFormation: its properties are merged into that one's. */
export interface Join {
  readonly terraform: string;
  /** The argument that names the resource (or a list of them) it is merged into. */
  readonly into: string;
  readonly intoType: string;
  readonly fields: Fields;
  readonly defaults?: Readonly<Record<string, Scalar>>;
  readonly secrets?: readonly string[];
  /** For what the fields cannot say: several arguments that make one item. */
  readonly merge?: (
    attributes: ReadonlyMap<string, Value>,
    target: PropertyBuilder,
    span: Value['span'],
  ) => void;
}

/** A row of the table for a type whose resources stand alone. */
export function type(
  terraform: string,
  cloudFormation: string,
  fields: Fields,
  more: Omit<TypeMapping, 'terraform' | 'type' | 'fields'> = {},
): TypeMapping {
  return { terraform, type: cloudFormation, fields, ...more };
}

/** A row of the table for a type that is merged into another. */
export function join(
  terraform: string,
  [into, intoType]: readonly [argument: string, type: string],
  fields: Fields,
  more: Omit<Join, 'terraform' | 'into' | 'intoType' | 'fields'> = {},
): Join {
  return { terraform, into, intoType, fields, ...more };
}
