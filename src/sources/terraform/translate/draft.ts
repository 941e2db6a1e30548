import type { Answer } from '../../../model/answer.ts';
import type { Value } from '../../../model/value.ts';
import type { TerraformResource } from '../terraform-resource.ts';
import type { PropertyBuilder } from './property-builder.ts';

/** A resource under CloudFormation's type while its properties are still gathered. */
export interface Draft {
  readonly source: TerraformResource;
  readonly id: string;
  readonly type: string;
  readonly builder: PropertyBuilder;
  readonly attributes: Map<string, Value>;
  readonly exists: Answer;
  readonly external: boolean;
  /** Its id and ARN, as recorded. */
  readonly knownAs?: readonly string[];
}
