import type { Text } from '../../kernel/texts.ts';
import { type Answer, any, not } from '../../model/answer.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';
import { type Control, control, verdict } from '../control.ts';
import { carriesDocuments, documentsOf, IDENTITY_TYPES, POLICY_TYPES } from './policies.ts';
import { policyDocument, someStatement } from './policy-statements.ts';

/** A control that no statement of an identity's policy may violate. */
export interface PolicyControl
  extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  readonly resourceTypes?: readonly string[];
  /** Whether a statement violates the control. */
  readonly violates: (statement: Value) => Answer;
  readonly says: { readonly pass: Text; readonly fail: Text; readonly unknown: Text };
  readonly remedy: { readonly summary: Text; readonly needs?: readonly Text[] };
}

/** Declares a control over the statements of managed policies, inline policies, roles, users and groups. */
export function policyControl(definition: PolicyControl): Control {
  const { violates, says, remedy, resourceTypes, ...rest } = definition;
  return control({
    ...rest,
    resourceTypes: resourceTypes ?? [...POLICY_TYPES, ...IDENTITY_TYPES],
    basis: 'effective',
    concerns: carriesDocuments,
    evaluate(resource) {
      const documents = documentsOf(resource);
      const bad = any(documents.map((document) => someStatement(document, violates)));
      return verdict(not(bad), says, offender(documents, violates) ?? documents[0]);
    },
    remedy: () => ({ edits: [], ...remedy }),
  });
}

/** The first statement that violates for certain, to be shown. */
function offender(documents: readonly Value[], violates: (statement: Value) => Answer): Value | undefined {
  for (const document of documents) {
    const statements = itemsOf(get(policyDocument(document), 'Statement'));
    const found = statements.find((statement) => violates(statement).is === 'yes');
    if (found) return found;
  }
  return undefined;
}
