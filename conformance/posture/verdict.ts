import type { Control } from '../../src/controls/control.ts';
import { runControls } from '../../src/controls/run.ts';
import type { ResourceGraph } from '../../src/environment/graph.ts';

/** What our controls say of a whole template, with the sentences that made it so. */
export interface TemplateVerdict {
  readonly status: 'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE' | 'SKIP';
  readonly because: readonly string[];
}

/**
 * One verdict for a template: FAIL as soon as one resource fails, else UNKNOWN as soon as one is undecided,
 * else PASS, else NOT_APPLICABLE; SKIP where no control looked at anything.
 */
export function judge(graph: ResourceGraph, controls: readonly Control[]): TemplateVerdict {
  const findings = runControls(graph, controls);
  for (const status of ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'] as const) {
    const decisive = findings.filter((finding) => finding.status === status);
    if (decisive.length > 0) {
      return {
        status,
        because: decisive.map((finding) => `${finding.control} ${finding.resource}: ${finding.because.en}`),
      };
    }
  }
  return { status: 'SKIP', because: ['no resource of the types that the controls judge'] };
}
