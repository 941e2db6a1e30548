import type { ResourceGraph } from '../environment/graph.ts';
import { text } from '../kernel/texts.ts';
import { all, any, not } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, type Value } from '../model/value.ts';
import { type Control, control, verdict } from './control.ts';
import { isPublicStatement, policyDocument, someStatement } from './iam/policy-statements.ts';

/** A control that no resource policy lets everybody in. */
export interface ResourcePolicyControl
  extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  /** The type that is protected. */
  readonly type: string;
  /** Where the policy stands on the resource itself, if it does. */
  readonly own?: string;
  /** The type that carries the policy apart, the property that names what it protects, and the document's. */
  readonly apart?: { readonly type: string; readonly names: string; readonly document: string };
}

/**
 * Declares a control that no policy of a resource lets everybody in. A policy whose resource is declared
 * elsewhere is judged by itself.
 */
export function resourcePolicyControl(definition: ResourcePolicyControl): Control {
  const { type, own, apart, ...rest } = definition;

  const protects = (policy: Resource, graph: ResourceGraph) =>
    apart ? itemsOf(get(policy.properties, apart.names)).map((value) => graph.target(value)) : [];

  const documents = (resource: Resource, graph: ResourceGraph): readonly (readonly [Resource, Value])[] => {
    if (apart && resource.type === apart.type) return [[resource, get(resource.properties, apart.document)]];
    const inline = own ? get(resource.properties, own) : undefined;
    const separate = apart ? graph.referrersOfType(resource, apart.type) : [];
    return [
      ...(inline && inline.kind !== 'absent' ? [[resource, inline] as const] : []),
      ...separate
        .filter((policy) => protects(policy, graph).includes(resource))
        .map((policy) => [policy, get(policy.properties, apart?.document ?? '')] as const),
    ];
  };

  return control({
    ...rest,
    resourceTypes: apart ? [type, apart.type] : [type],
    basis: 'effective',
    concerns: (resource, graph) =>
      resource.type === type || !protects(resource, graph).some((target) => target?.type === type),
    evaluate(resource, graph) {
      const found = documents(resource, graph);
      const open = any(
        found.map(([holder, document]) => all([holder.exists, someStatement(document, isPublicStatement)])),
      );
      return verdict(not(open), SENTENCES, openStatement(found) ?? found[0]?.[1]);
    },
    remedy: () => ({
      summary: text(
        'Name the accounts, roles or services that need access, or add a condition that fixes them',
        '必要なアカウント・ロール・サービスを明示するか、条件で限定する',
      ),
      edits: [],
      needs: [text('who needs access', 'アクセスが必要な相手')],
    }),
  });
}

const SENTENCES = {
  pass: text('no policy statement lets everybody in', '誰でも許可するポリシー文はありません'),
  fail: text('a policy statement lets everybody in', '誰でも許可するポリシー文があります'),
  unknown: text(
    'whether a policy statement lets everybody in cannot be decided',
    '誰でも許可するポリシー文があるか決められません',
  ),
};

function openStatement(documents: readonly (readonly [Resource, Value])[]): Value | undefined {
  return documents
    .flatMap(([, document]) => itemsOf(get(policyDocument(document), 'Statement')))
    .find((statement) => isPublicStatement(statement).is === 'yes');
}
