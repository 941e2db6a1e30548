import type { Edit, EditValue } from '../../model/remedy.ts';
import { isMap } from './hcl-words.ts';

/**
 * Edits below one property of a resource become one edit: they are one block in Terraform. So are the attributes
 * of a load balancer, which are appended one by one.
 */
export function gathered(edits: readonly Edit[]): readonly Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const whole = edit.kind === 'set-property' ? wholeProperty(edit) : undefined;
    const index = whole ? result.findIndex((each) => isSameProperty(each, whole)) : -1;
    const there = result[index];
    if (whole && there?.kind === 'set-property') {
      result[index] = { ...there, value: together(there.value, whole.value) };
    } else result.push(whole ?? edit);
  }
  return result;
}

type SetProperty = Extract<Edit, { kind: 'set-property' }>;

function isSameProperty(edit: Edit, whole: SetProperty): boolean {
  return (
    edit.kind === 'set-property' &&
    edit.resource === whole.resource &&
    edit.path.length === 1 &&
    edit.path[0] === whole.path[0]
  );
}

/** An edit below a property as one of the property; undefined for items of lists, which are blocks of their own. */
function wholeProperty(edit: SetProperty): SetProperty | undefined {
  const [property = '', ...rest] = edit.path;
  if (property === 'LoadBalancerAttributes' && rest.length === 1) {
    return { ...edit, path: [property], value: [edit.value] };
  }
  if (rest.length === 0 || rest.some((step) => /^\d+$/.test(step))) return undefined;
  // Parameters of a group are blocks told apart by their names.
  if (property === 'Parameters') return undefined;
  const value = rest.reduceRight<EditValue>((inner, key) => ({ [key]: inner }), edit.value);
  return { ...edit, path: [property], value };
}

function together(a: EditValue, b: EditValue): EditValue {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (!isMap(a) || !isMap(b)) return b;
  const merged = new Map<string, EditValue>(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const there = merged.get(key);
    merged.set(key, there === undefined ? value : together(there, value));
  }
  return Object.fromEntries(merged);
}
