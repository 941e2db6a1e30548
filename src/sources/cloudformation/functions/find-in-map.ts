import { child } from '../../../kernel/document.ts';
import { choice, stringFrom, type Value } from '../../../model/value.ts';
import { expressionOf } from '../expression.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';

/** With more candidates than this a value counts as unknown instead of as a choice. */
const MOST_CANDIDATES = 40;

/**
 * `Fn::FindInMap`: a value of `Mappings` by two keys, or `DefaultValue` (AWS::LanguageExtensions). A key
 * that is not known leaves a choice between the values it may lead to.
 */
export const findInMap: Intrinsic = {
  name: 'Fn::FindInMap',
  evaluate(call) {
    const { argument, scope } = call;
    const items = argument.kind === 'list' ? argument.items : [];
    const [mapNode, topNode, secondNode, optionsNode] = items;
    if (!mapNode || !topNode || !secondNode || items.length > 4) {
      return invalid(call, takes('Fn::FindInMap', 'a map name and two keys', 'マップ名と2つのキー'));
    }
    const mapName = stringFrom(scope.evaluate(mapNode));
    if (mapName === undefined) return undecidedCall(call, 'function');
    const mapping = scope.template.mappings.get(mapName)?.value;
    const top = scope.evaluate(topNode);
    const second = scope.evaluate(secondNode);
    const fallback = child(optionsNode, 'DefaultValue');
    const found = mapping?.kind === 'map' ? candidates(call, mapping, top, second) : [];
    const keysKnown = stringFrom(top) !== undefined && stringFrom(second) !== undefined;
    if (fallback && (found.length === 0 || !keysKnown)) found.push(scope.evaluate(fallback));
    if (found.length > MOST_CANDIDATES) return undecidedCall(call, 'function');
    if (found.length > 0) return choice(expressionOf(scope.file, call.node), found, call.span);
    return invalid(
      call,
      takes('Fn::FindInMap', `keys that stand in Mappings (${mapName})`, `Mappings(${mapName})にあるキー`),
    );
  },
};

/** The values under every pair of keys that the two key values may be. */
function candidates(
  call: IntrinsicCall,
  mapping: { readonly entries: readonly { key: string; value: Parameters<typeof child>[0] }[] },
  top: Value,
  second: Value,
): Value[] {
  const values: Value[] = [];
  for (const entry of mapping.entries) {
    if (!mayBe(top, entry.key) || entry.value?.kind !== 'map') continue;
    for (const inner of entry.value.entries) {
      if (mayBe(second, inner.key)) values.push(call.scope.evaluate(inner.value));
      if (values.length > MOST_CANDIDATES) return values;
    }
  }
  return values;
}

function mayBe(value: Value, key: string): boolean {
  if (value.kind === 'oneOf') return value.options.some((option) => mayBe(option, key));
  return value.kind === 'unknown' || stringFrom(value) === key;
}
