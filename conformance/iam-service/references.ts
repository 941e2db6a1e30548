/** Fills `{"$ref": "1.Policy.Arn"}` and `${1.Policy.Arn}` with what was answered before. */
export function filledIn(value: unknown, answers: ReadonlyMap<number, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\d+\.[\w.]+)\}/g, (_, path: string) => String(lookUp(path, answers)));
  }
  if (Array.isArray(value)) return value.map((item) => filledIn(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  if (typeof record.$ref === 'string') return lookUp(record.$ref, answers);
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, filledIn(item, answers)]));
}

function lookUp(path: string, answers: ReadonlyMap<number, unknown>): unknown {
  const [number, ...members] = path.split('.');
  let found = answers.get(Number(number));
  for (const member of members) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, member) : undefined;
  }
  return found;
}
