import { nearest } from '../kernel/nearest.ts';
import { placeOf } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Resource } from '../model/resource.ts';
import { visit } from '../model/value.ts';
import { resourceTypeFacts } from './table/resource-table.ts';

/** Notes for references to attributes that the specification of the resource's type does not have. */
export function attributeNotes(resources: readonly Resource[]): readonly NotAnalysed[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const notes = new Map<string, NotAnalysed>();
  for (const resource of resources) {
    visit(resource.properties, (value) => {
      if (value.kind !== 'unknown') return;
      for (const part of value.parts ?? []) {
        if (typeof part === 'string' || part.resource === undefined || part.attribute === undefined) continue;
        const target = byId.get(part.resource);
        const key = `${part.resource} ${part.attribute}`;
        if (!target || notes.has(key) || hasAttribute(target.type, part.attribute)) continue;
        notes.set(key, missing(target, part.attribute, placeOf(value.span)));
      }
    });
  }
  return [...notes.values()];
}

function hasAttribute(type: string, attribute: string): boolean {
  const facts = resourceTypeFacts(type);
  if (attribute === 'Ref' || !facts || attribute.startsWith('Outputs.')) return true;
  return facts.attributes.length === 0 || facts.attributes.includes(attribute);
}

function missing(target: Resource, attribute: string, source: NotAnalysed['source']): NotAnalysed {
  const near = nearest(attribute, resourceTypeFacts(target.type)?.attributes ?? []);
  return {
    kind: 'unsupported',
    what: `${target.name}.${attribute}`,
    reason: text(
      `${target.type} is not known to have the attribute "${attribute}"`,
      `${target.type} に属性「${attribute}」があるとは知られていません`,
    ),
    ...(near === undefined ? {} : { remedy: text(`did you mean "${near}"?`, `「${near}」のことですか`) }),
    ...(source ? { source } : {}),
  };
}
