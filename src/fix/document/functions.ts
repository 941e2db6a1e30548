import type { EditValue } from '../../model/remedy.ts';

/** Whether a value of an edit is a map. */
export function isMap(value: EditValue | undefined): value is { readonly [key: string]: EditValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value of an edit is a list. */
export function isList(value: EditValue | undefined): value is readonly EditValue[] {
  return Array.isArray(value);
}

/** A function of CloudFormation that has a short form over one line in YAML: its tag and its argument. */
export interface ShortForm {
  readonly tag: '!Ref' | '!GetAtt' | '!Sub';
  readonly argument: string;
}

/** The short form of `Ref`, `Fn::GetAtt` and `Fn::Sub` ("Intrinsic function reference"), or undefined. */
export function shortForm(value: EditValue): ShortForm | undefined {
  if (!isMap(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  if (!first || others.length > 0) return undefined;
  const [name, argument] = first;
  if (name === 'Ref' && typeof argument === 'string') return { tag: '!Ref', argument };
  if (name === 'Fn::Sub' && typeof argument === 'string') return { tag: '!Sub', argument };
  if (name === 'Fn::GetAtt' && isList(argument) && argument.every((part) => typeof part === 'string')) {
    return { tag: '!GetAtt', argument: argument.join('.') };
  }
  return undefined;
}

/** Whether two values of edits say the same. */
export function sameValue(a: EditValue | undefined, b: EditValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(a[key], b[key]));
}

/** Whether two values say the same when `Fn::GetAtt: A.B` and `Fn::GetAtt: [A, B]` count as one. */
export function sameMeaning(a: EditValue | undefined, b: EditValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, at) => sameMeaning(item, b[at]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const isOne = keys.length === 1 && keys[0] === GET_ATT;
  if (isOne && Object.hasOwn(b, GET_ATT))
    return sameMeaning(attributeOf(a[GET_ATT]), attributeOf(b[GET_ATT]));
  return keys.every((key) => Object.hasOwn(b, key) && sameMeaning(a[key], b[key]));
}

export const GET_ATT = 'Fn::GetAtt';

/** The argument of `Fn::GetAtt` in its dotted form, where it has one. */
export function attributeOf(argument: EditValue | undefined): EditValue | undefined {
  const isPath = isList(argument) && argument.every((part) => typeof part === 'string');
  return isPath ? argument.join('.') : argument;
}
