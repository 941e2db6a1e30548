import type { DocumentNode, ListNode, MapNode } from '../../kernel/document.ts';
import { spanOf } from '../../kernel/document.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, undecided } from '../../model/answer.ts';
import { known, list, map, unknown, type Value } from '../../model/value.ts';
import { expressionOf } from './expression.ts';
import { CONDITION_FUNCTIONS, INTRINSICS } from './functions/index.ts';
import { note } from './note.ts';
import type { IntrinsicCall, StackScope } from './scope.ts';
import { textValue } from './text-value.ts';

/**
 * Evaluates a node of a template: intrinsic functions are carried out as far as what they need is known;
 * what cannot be decided stays unknown with its expression. `AWS::NoValue` removes its key or item.
 */
export function evaluateNode(node: DocumentNode, scope: StackScope): Value {
  switch (node.kind) {
    case 'scalar': {
      const span = spanOf(scope.file, node);
      if (typeof node.value === 'string' && node.value.includes('{{resolve:')) {
        return textValue([node.value], 'dynamic-reference', expressionOf(scope.file, node), span);
      }
      return known(node.value, span);
    }
    case 'list':
      return listOf(node, scope);
    case 'map':
      return callOf(node, scope) ?? mapOf(node, scope);
  }
}

function listOf(node: ListNode, scope: StackScope): Value {
  const items = node.items.map((item) => scope.evaluate(item)).filter((item) => item.kind !== 'absent');
  return list(items, spanOf(scope.file, node));
}

function mapOf(node: MapNode, scope: StackScope): Value {
  const entries = new Map<string, Value>();
  for (const { key, value } of node.entries) {
    const evaluated = scope.evaluate(value);
    if (evaluated.kind !== 'absent') entries.set(key, evaluated);
  }
  return map(entries, spanOf(scope.file, node));
}

/** The value of a map that is a call of an intrinsic function; undefined for an ordinary map. */
function callOf(node: MapNode, scope: StackScope): Value | undefined {
  const [entry, ...others] = node.entries;
  if (!entry) return undefined;
  if (others.length > 0)
    return node.entries.some(({ key }) => INTRINSICS.has(key) && key.startsWith('Fn::'))
      ? mixed(node, scope)
      : undefined;
  const intrinsic = INTRINSICS.get(entry.key);
  const span = spanOf(scope.file, node);
  if (intrinsic) return intrinsic.evaluate({ name: entry.key, argument: entry.value, node, span, scope });
  if (!entry.key.startsWith('Fn::')) return undefined;
  scope.report(
    note('unsupported', {
      file: scope.file,
      at: entry.keyStart,
      what: entry.key,
      reason: text(
        `the function ${entry.key} is not known here; its value counts as unknown`,
        `関数 ${entry.key} には対応していないため、値は不明として扱います`,
      ),
    }),
  );
  return unknown(expressionOf(scope.file, node), 'function', span);
}

/** A function beside other keys: only `Fn::Transform` may stand there, and what it adds is unknown. */
function mixed(node: MapNode, scope: StackScope): Value {
  const span = spanOf(scope.file, node);
  const transform = node.entries.find(({ key }) => key === 'Fn::Transform');
  if (transform) {
    const call = { name: transform.key, argument: transform.value, node, span, scope };
    return INTRINSICS.get('Fn::Transform')?.evaluate(call) ?? unknown('Fn::Transform', 'function', span);
  }
  scope.report(
    note('input', {
      file: scope.file,
      at: node,
      what: scope.file.path,
      reason: text(
        'a function must be the only key of its map',
        '関数はマップのただ1つのキーでなければなりません',
      ),
    }),
  );
  return unknown(expressionOf(scope.file, node), 'invalid', span);
}

/** Decides a node that stands where a condition is expected. */
export function decideNode(node: DocumentNode, scope: StackScope): Answer {
  const span = spanOf(scope.file, node);
  const entry = node.kind === 'map' && node.entries.length === 1 ? node.entries[0] : undefined;
  const decider = entry && CONDITION_FUNCTIONS.get(entry.key);
  if (node.kind === 'map' && entry && decider) {
    const call: IntrinsicCall = { name: entry.key, argument: entry.value, node, span, scope };
    return decider.decide(call);
  }
  scope.report(
    note('input', {
      file: scope.file,
      at: node,
      what: scope.file.path,
      reason: text('a condition function is expected here', 'ここには条件関数が必要です'),
    }),
  );
  return undecided(unknown(expressionOf(scope.file, node), 'invalid', span));
}
