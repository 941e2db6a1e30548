import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { Resource } from '../model/resource.ts';
import { absent, known, list, map, unknown, type Value, visit } from '../model/value.ts';
import { SAFEGUARDS } from './registry.generated.ts';
import { runSafeguards } from './run.ts';

const HARDENED = graphOf(
  readFileSync(new URL('../../examples/webapp-hardened/template.yaml', import.meta.url), 'utf8'),
  { scope: 'account' },
);

/** What may stand where something else is expected. */
const STRANGE: readonly ((value: Value) => Value)[] = [
  ({ span }) => absent(span),
  ({ span }) => known('x', span),
  ({ span }) => known(5, span),
  ({ span }) => known(null, span),
  ({ span }) => list([], span),
  ({ span }) => map(new Map(), span),
  (value) => list([value, value], value.span),
  ({ span }) => unknown('P', 'parameter', span, [{ type: 'parameter', expression: 'P' }]),
  ({ span }) => unknown('!ImportValue x', 'import', span),
  (value) => ({
    kind: 'oneOf',
    condition: 'Production',
    options: [value, absent(value.span)],
    span: value.span,
  }),
];

function replaced(value: Value, wanted: Value, by: Value): Value {
  if (value === wanted) return by;
  if (value.kind === 'list')
    return list(
      value.items.map((item) => replaced(item, wanted, by)),
      value.span,
    );
  if (value.kind !== 'map') return value;
  return map(
    new Map([...value.entries].map(([key, entry]) => [key, replaced(entry, wanted, by)])),
    value.span,
  );
}

function valuesOf(resource: Resource): readonly Value[] {
  const found: Value[] = [];
  visit(resource.properties, (value) => found.push(value));
  return found;
}

test('strange values in the place of expected ones never break a safeguard or its remedy', () => {
  const choice = fc.record({ resource: fc.nat(), value: fc.nat(), strange: fc.nat() });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 20, maxLength: 40 }), (choices) => {
      const resources = [...HARDENED.resources];
      for (const each of choices) {
        const index = each.resource % resources.length;
        const resource = resources[index];
        if (!resource) continue;
        const values = valuesOf(resource);
        const value = values[each.value % values.length];
        const strange = STRANGE[each.strange % STRANGE.length];
        if (!value || !strange) continue;
        resources[index] = { ...resource, properties: replaced(resource.properties, value, strange(value)) };
      }
      const graph = new ResourceGraph(HARDENED.facts, resources);
      for (const report of runSafeguards(graph, SAFEGUARDS)) {
        const definition = SAFEGUARDS.find(({ id }) => id === report.id);
        for (const { resource, because } of report.attachments) {
          assert.doesNotMatch(because.en, /a defect of Honmaru/);
          const place = graph.get(resource);
          if (place) definition?.remedy(graph, place);
        }
      }
    }),
    { numRuns: 25 },
  );
});
