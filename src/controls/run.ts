import type { ResourceGraph } from '../environment/graph.ts';
import { stableId } from '../kernel/ids.ts';
import { placeOf } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { Finding, Verdict } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { showUndecided } from '../model/value.ts';
import { type Control, undecidable } from './control.ts';

/**
 * Asks every control about every resource of its types: one finding for each pair, whatever the status.
 * A resource that may not exist never passes or fails for certain. A control that throws is a defect of
 * the program and shows as UNKNOWN, so that nothing is skipped in silence.
 */
export function runControls(graph: ResourceGraph, controls: readonly Control[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const control of controls) {
    for (const resource of graph.ofType(...control.resourceTypes)) {
      if (control.concerns && !control.concerns(resource, graph)) continue;
      findings.push(finding(graph, control, resource, verdictOf(graph, control, resource)));
    }
  }
  return findings;
}

/** What one control says of one resource, its existence considered. */
export function verdictOf(graph: ResourceGraph, control: Control, resource: Resource): Verdict {
  const verdict = guarded(graph, control, resource);
  if (resource.exists.is !== 'unknown') return verdict;
  if (verdict.status !== 'PASS' && verdict.status !== 'FAIL') return verdict;
  const conditions = resource.exists.undecided.map(showUndecided).join(', ');
  return undecidable(
    text(
      `whether ${resource.name} exists depends on ${conditions}; if it does: ${verdict.because.en}`,
      `${resource.name} が存在するかどうかは ${conditions} によります。存在するなら: ${verdict.because.ja}`,
    ),
    resource.exists.undecided,
  );
}

function guarded(graph: ResourceGraph, control: Control, resource: Resource): Verdict {
  try {
    return control.evaluate(resource, graph);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return undecidable(
      text(
        `control ${control.id} could not be evaluated (a defect of this program): ${reason}`,
        `コントロール ${control.id} を評価できませんでした(本プログラムの不具合): ${reason}`,
      ),
      [],
    );
  }
}

/** While it is put together; spreading optional members costs a fifth of the whole run. */
type Draft = { -readonly [Member in keyof Finding]: Finding[Member] };

function finding(graph: ResourceGraph, control: Control, resource: Resource, verdict: Verdict): Finding {
  const { at, because, status, undecided } = verdict;
  const draft: Draft = {
    id: stableId(graph.facts.name, control.id, resource.id),
    control: control.id,
    title: control.title,
    status,
    resource: resource.id,
    type: resource.type,
    severity: control.severity,
    because,
    source: placeOf(at?.span.file.path ? at.span : resource.span),
  };
  if (control.configRule !== undefined) draft.configRule = control.configRule;
  if (undecided?.length) draft.undecided = undecided.map(showUndecided);
  return draft;
}
