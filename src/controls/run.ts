import type { ResourceGraph } from '../environment/graph.ts';
import { stableId } from '../kernel/ids.ts';
import { placeOf } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { Finding, Verdict } from '../model/finding.ts';
import { firstEnvironmentName, firstNames } from '../model/moved.ts';
import type { Resource } from '../model/resource.ts';
import { showUndecided, unknown } from '../model/value.ts';
import { type Control, undecidable } from './control.ts';

/**
 * Asks every control about every resource of its types: one finding for each pair, whatever the status.
 * A resource that may not exist never passes or fails for certain. A control that throws is a defect of
 * the program and shows as UNKNOWN, so that nothing is skipped in silence.
 */
export function runControls(graph: ResourceGraph, controls: readonly Control[]): readonly Finding[] {
  const findings: Finding[] = [];
  const idOf = findingIds(graph);
  for (const control of controls) {
    for (const resource of graph.ofType(...control.resourceTypes)) {
      if (control.concerns && !control.concerns(resource, graph.viewOf(resource))) continue;
      const id = idOf(control, resource);
      findings.push(finding(id, control, resource, verdictOf(graph, control, resource)));
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
  const view = graph.viewOf(resource);
  try {
    const { value, missing } = view.record(() => control.evaluate(resource, view));
    return missing.length === 0 ? value : asFarAsRead(value, missing, resource);
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

/** A verdict that may rest on the absence of what could not be read decides nothing. */
function asFarAsRead(verdict: Verdict, missing: readonly string[], resource: Resource): Verdict {
  const positive = verdict.status === 'PASS' && verdict.at !== undefined;
  if (positive || verdict.status === 'UNKNOWN' || verdict.status === 'NOT_APPLICABLE') return verdict;
  const types = missing.join(', ');
  return undecidable(
    text(
      `${types} could not be read; of what was read: ${verdict.because.en}`,
      `${types}を読み取れませんでした。読み取れた範囲では: ${verdict.because.ja}`,
    ),
    missing.map((type) => unknown(type, 'not-collected', resource.span)),
  );
}

/** While it is put together; spreading optional members costs a fifth of the whole run. */
type Draft = { -readonly [Member in keyof Finding]: Finding[Member] };

/** Ids by environment, control and resource, each under its first name. */
function findingIds(graph: ResourceGraph): (control: Control, resource: Resource) => string {
  const { name, declaration } = graph.facts;
  const environment = firstEnvironmentName(name, declaration.moved);
  const first = firstNames(declaration.moved);
  return (control, resource) => stableId(environment, control.id, first(resource.id));
}

function finding(id: string, control: Control, resource: Resource, verdict: Verdict): Finding {
  const { at, because, status, undecided } = verdict;
  const draft: Draft = {
    id,
    control: control.id,
    title: control.title,
    status,
    resource: resource.id,
    type: resource.type,
    severity: control.severity,
    because,
  };
  const span = at?.span.file.path ? at.span : resource.span;
  if (span.file.path) draft.source = placeOf(span);
  if (control.configRule !== undefined) draft.configRule = control.configRule;
  if (undecided?.length) draft.undecided = undecided.map(showUndecided);
  return draft;
}
