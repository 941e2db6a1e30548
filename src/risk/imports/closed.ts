import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Finding } from '../../model/finding.ts';
import type { ClosedFinding, ImportedFinding, Imports } from '../../model/imported.ts';

export interface Now {
  readonly graph: ResourceGraph;
  readonly findings: readonly Finding[];
  readonly imported: readonly ImportedFinding[];
}

/**
 * What the last import found and this one does not, with the reason. A tool whose report was not given
 * this time closes nothing: that it is silent says nothing.
 */
export function closedSince(
  before: Pick<Imports, 'findings'> | undefined,
  now: Now,
): readonly ClosedFinding[] {
  const current = new Map(now.imported.map((each) => [each.id, each]));
  const tools = new Set(now.imported.flatMap(({ sources }) => sources.map(({ tool }) => tool)));
  return (before?.findings ?? [])
    .filter(({ id, fact }) => fact === 'fail' && current.get(id)?.fact !== 'fail')
    .filter(({ sources }) => sources.some(({ tool }) => tools.has(tool)))
    .map((each) => ({
      id: each.id,
      title: each.title,
      named: each.named,
      tools: [...new Set(each.sources.map(({ tool }) => tool))],
      why: reasonOf(each, current.get(each.id), now),
    }));
}

function reasonOf(before: ImportedFinding, after: ImportedFinding | undefined, now: Now): Text {
  const tools = [...new Set(before.sources.map(({ tool }) => tool))].join(', ');
  if (after)
    return text(`${tools} says ${saysOf(after)} now`, `${tools}の判定が${saysOf(after)}に変わりました`);
  if (before.resource !== undefined && !now.graph.get(before.resource))
    return text('the resource is gone', 'リソースがなくなりました');
  const own = now.findings.find(
    ({ control, resource }) => control === before.control && resource === before.resource,
  );
  if (own?.status === 'PASS') {
    return text(
      `${tools} no longer reports it, and our own control ${own.control} passes`,
      `${tools}の報告から消え、コントロール${own.control}も適合になりました`,
    );
  }
  if (own?.status === 'FAIL') {
    return text(
      `${tools} no longer reports it; our own control ${own.control} still fails`,
      `${tools}の報告からは消えましたが、コントロール${own.control}は不適合のままです`,
    );
  }
  return text(`${tools} no longer reports it`, `${tools}の報告から消えました`);
}

function saysOf(finding: ImportedFinding): string {
  return finding.fact === 'pass' ? 'PASS' : (finding.sources[0]?.says ?? '?');
}
