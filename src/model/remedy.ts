import type { Scalar } from '../kernel/document.ts';
import type { Text } from '../kernel/texts.ts';

/** A plain value to be written into a source file, in CloudFormation's words. */
export type EditValue = Scalar | readonly EditValue[] | { readonly [key: string]: EditValue };

/** One structured change; `fix` renders it for CloudFormation, Terraform and CDK. */
export type Edit =
  | {
      readonly kind: 'set-property';
      readonly resource: string;
      readonly path: readonly string[];
      readonly value: EditValue;
    }
  | { readonly kind: 'remove-property'; readonly resource: string; readonly path: readonly string[] }
  | {
      readonly kind: 'add-resource';
      readonly logicalId: string;
      readonly type: string;
      readonly properties: { readonly [key: string]: EditValue };
    }
  /** An attribute beside the properties: CloudFormation's only, it says what becomes of the resource. */
  | {
      readonly kind: 'set-attribute';
      readonly resource: string;
      readonly attribute: 'DeletionPolicy' | 'UpdateReplacePolicy';
      readonly value: 'Retain' | 'Snapshot';
    }
  /** For what no template can declare: a command for a person with the rights. */
  | { readonly kind: 'command'; readonly command: string };

/** What to do about something: a sentence, the edits that do it, and what must be known first. */
export interface Remedy {
  readonly summary: Text;
  readonly edits: readonly Edit[];
  /** What the author must supply or decide (a domain name, a recipient). */
  readonly needs?: readonly Text[];
}
