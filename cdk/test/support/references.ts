type Json = unknown;

interface Template {
  readonly Resources: Readonly<Record<string, object>>;
  readonly Parameters?: Readonly<Record<string, Json>>;
}

/** References to nothing, and resources that wait for each other: CloudFormation refuses both before it begins. */
export function brokenReferences(template: Template): readonly string[] {
  const resources = Object.entries(template.Resources);
  const known = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);
  const waitsFor = new Map(
    resources.map(([id, resource]) => [id, [...referencesIn(resource), ...dependenciesOf(resource)]]),
  );
  const dangling = [...waitsFor].flatMap(([id, names]) =>
    names
      .filter((name) => !known.has(name) && !name.startsWith('AWS::'))
      .map((name) => `${id} refers to ${name}`),
  );
  return [...dangling, ...cyclesIn(waitsFor)];
}

function dependenciesOf(resource: { readonly DependsOn?: string | readonly string[] }): readonly string[] {
  return [resource.DependsOn ?? []].flat();
}

function referencesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key !== 'Fn::Sub') return referencesIn(inner);
    const [text, own] = Array.isArray(inner) ? inner : [inner, {}];
    const named = [...String(text).matchAll(/\$\{([^!.}]+)[^}]*\}/g)].map(([, name]) => name ?? '');
    return [...named.filter((name) => !Object.hasOwn(own, name)), ...referencesIn(own)];
  });
}

function cyclesIn(waitsFor: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (id: string, above: readonly string[]): readonly string[] => {
    if (above.includes(id))
      return [`${[...above.slice(above.indexOf(id)), id].join(' → ')} wait for each other`];
    if (done.has(id)) return [];
    const found = (waitsFor.get(id) ?? []).flatMap((next) => visit(next, [...above, id]));
    done.add(id);
    return found;
  };
  return [...waitsFor.keys()].flatMap((id) => visit(id, []));
}
