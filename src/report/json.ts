import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { findingsForMachines, stableOrder } from './order.ts';

/**
 * The assessment as JSON (docs/schemas/assessment.schema.json), with every list in a fixed order: the
 * same facts give the same bytes, whatever order the engines found them in.
 */
export function renderJson(assessment: Assessment): string {
  return `${JSON.stringify(stableOrder(assessment), null, 2)}\n`;
}

/** The array of findings that `check` prints (docs/schemas/findings.schema.json), by control and resource. */
export function renderFindingsJson(findings: readonly Finding[]): string {
  return `${JSON.stringify(findingsForMachines(findings), null, 2)}\n`;
}
