import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { findingsForMachines, stableOrder } from './order.ts';

/**
 * The assessment as JSON (docs/schemas/assessment.schema.json), one entry of a list on a line, in a fixed order: the
 * same facts give the same bytes, whatever order the engines found them in.
 */
export function renderJson(assessment: Assessment): string {
  return [...jsonPieces(assessment)].join('');
}

/** The same text in pieces, one per entry of a long list, so that a large one never lies in memory whole. */
export function* jsonPieces(assessment: Assessment): Iterable<string> {
  yield* objectPieces(stableOrder(assessment), '');
  yield '\n';
}

function* objectPieces(object: object, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  let before = '{';
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${before}\n${inner}${JSON.stringify(key)}: `;
    yield* valuePieces(value, inner);
    before = ',';
  }
  yield before === '{' ? '{}' : `\n${indent}}`;
}

/** Lists entry by entry, one on a line; the environment key by key; what is small goes in one piece. */
function* valuePieces(value: unknown, indent: string): Iterable<string> {
  if (Array.isArray(value) && value.length > 0) yield* listPieces(value, indent);
  else if (isLarge(value)) yield* objectPieces(value, indent);
  else yield JSON.stringify(value);
}

function* listPieces(list: readonly unknown[], indent: string): Iterable<string> {
  let before = '[';
  for (const entry of list) {
    yield `${before}\n${indent}  ${JSON.stringify(entry)}`;
    before = ',';
  }
  yield `\n${indent}]`;
}

function isLarge(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.values(value).some(Array.isArray);
}

/** The array of findings that `check` prints (docs/schemas/findings.schema.json), by control and resource. */
export function renderFindingsJson(findings: readonly Finding[]): string {
  return `${JSON.stringify(findingsForMachines(findings), null, 2)}\n`;
}
