import type { Edit, EditValue } from '../model/remedy.ts';

export type Json = Record<string, unknown>;

/** Applies edits to the resources of a template in JSON, as `fix` does in people's own files. */
export function applied(resources: Json, edits: readonly Edit[]): Json {
  const copy = structuredClone(resources);
  for (const edit of edits) {
    if (edit.kind === 'command') continue;
    if (edit.kind === 'add-resource') {
      copy[edit.logicalId] = { Type: edit.type, Properties: edit.properties };
      continue;
    }
    const resource = copy[edit.resource.slice(edit.resource.lastIndexOf('/') + 1)] as Json;
    if (edit.kind === 'set-attribute') {
      resource[edit.attribute] = edit.value;
      continue;
    }
    resource.Properties ??= {};
    const holder = holderAt(resource.Properties as Json, edit.path);
    const last = edit.path.at(-1) ?? '';
    if (edit.kind === 'set-property') holder[last] = edit.value;
    else if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  }
  return copy;
}

function holderAt(properties: Json, path: readonly string[]): Record<string, EditValue> {
  let at = properties;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const next = at[step];
    const isList = /^\d+$/.test(path[index + 1] ?? '');
    if (next === undefined) at[step] = isList ? [] : {};
    else if (isList && !Array.isArray(next)) at[step] = [next];
    at = at[step] as Json;
  }
  return at as Record<string, EditValue>;
}
