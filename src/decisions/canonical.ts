import { hash } from 'node:crypto';
import { compare } from '../kernel/order.ts';

/** The one JSON text of a value: keys sorted, no white space (after RFC 8785). Undefined fields are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => compare(one, other))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
  return `{${fields.join(',')}}`;
}

/** SHA-256 of a text in hexadecimal. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex');
}
