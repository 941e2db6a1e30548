import { foreignCatalogue } from '../../controls/foreign/index.ts';
import type { ResourceGraph } from '../../environment/graph.ts';
import { ImportedResources } from '../../environment/imported-resources.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment, NotAnalysed } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import type { FindingSource, ImportedFile, ImportedFinding, Imports } from '../../model/imported.ts';
import type { FindingsReading, ForeignFinding } from '../../sources/findings/index.ts';
import { closedSince } from './closed.ts';
import { sortIntoDecisions } from './decisions.ts';
import { type Fact, factsOf } from './facts.ts';
import { RisksByFact } from './risks.ts';

/** A file of findings that was read. */
export interface ReadFile {
  /** As people know it. */
  readonly shown: string;
  readonly reading: FindingsReading;
}

/**
 * Adds what other tools found to an assessment: each finding at its resource, control and risk, the same
 * fact once with all its sources, sorted into decisions. No verdict and no score changes by it.
 *
 * @param before what the last import of this environment gave
 */
export async function withImports(
  assessment: Assessment,
  graph: ResourceGraph,
  files: readonly ReadFile[],
  before?: Pick<Imports, 'findings'>,
): Promise<Assessment> {
  const unique = eachOnce(files);
  const environment = assessment.environment.name;
  const risksOf = new RisksByFact(graph, assessment.risks);
  const known = new Set(before?.findings.filter(({ fact }) => fact === 'fail').map(({ id }) => id));
  const facts = factsOf(unique.findings, {
    environment,
    catalogue: await foreignCatalogue(),
    resources: new ImportedResources(graph),
    findings: assessment.findings,
  }).map((fact) => ({
    ...fact,
    risks: risksOf.of(fact),
    ...(before && fact.fact === 'fail' && !known.has(fact.id) ? { isNew: true as const } : {}),
  }));
  const sorted = sortIntoDecisions(facts, environment, assessment.risks);
  const imported = sorted.facts.map(withoutWorkings);
  const imports: Imports = {
    files: unique.files,
    counts: { ...countsOf(sorted.facts), decisions: sorted.decisions.length },
    decisions: sorted.decisions,
    findings: imported,
    closed: closedSince(before, { graph, findings: assessment.findings, imported }),
  };
  return {
    ...assessment,
    findings: withSources(assessment.findings, sorted.facts),
    imports,
    coverage: {
      ...assessment.coverage,
      notAnalysed: [...assessment.coverage.notAnalysed, ...outsideNotes(sorted.facts)],
    },
  };
}

/** The findings of all files, each once: of entries with the same id of the same tool the latest counts. */
function eachOnce(files: readonly ReadFile[]): {
  readonly findings: readonly ForeignFinding[];
  readonly files: readonly ImportedFile[];
} {
  const byUid = new Map<string, ForeignFinding>();
  const told = files.map(({ shown, reading }) => {
    let repeated = 0;
    for (const finding of reading.findings) {
      const key = JSON.stringify([finding.tool, finding.uid, finding.checks[0], finding.resource.names[0]]);
      const before = byUid.get(key);
      if (before) repeated += 1;
      if (!before || finding.updated > before.updated) byUid.set(key, finding);
    }
    return {
      file: shown,
      format: reading.format,
      tools: [...new Set(reading.findings.map(({ tool }) => tool))],
      findings: reading.findings.length - repeated,
      repeated,
    };
  });
  return { findings: [...byUid.values()], files: told };
}

function countsOf(facts: readonly Fact[]): Omit<Imports['counts'], 'decisions'> {
  const sources = facts.flatMap((fact) => fact.sources);
  const failing = sources.filter(({ fact }) => fact === 'fail');
  const open = facts.filter(({ fact }) => fact === 'fail');
  return {
    findings: failing.length,
    facts: open.length,
    passed: sources.filter(({ fact }) => fact === 'pass').length,
    undecided: sources.filter(({ fact }) => fact === 'undecided').length,
    setAside: failing.filter(({ handling }) => handling !== 'open').length,
    alsoOurs: open.filter(({ own }) => own === 'FAIL').length,
    ownUnknown: open.filter(({ own }) => own === 'UNKNOWN').length,
    ownPass: open.filter(({ own }) => own === 'PASS').length,
    isNew: open.filter(({ isNew }) => isNew).length,
  };
}

function withoutWorkings({
  kind: _kind,
  missing: _missing,
  theme: _theme,
  ...finding
}: Fact): ImportedFinding {
  return finding;
}

function withSources(findings: readonly Finding[], facts: readonly Fact[]): readonly Finding[] {
  const sources = new Map<string, readonly FindingSource[]>();
  for (const fact of facts) if (fact.finding !== undefined) sources.set(fact.finding, fact.sources);
  return findings.map((finding) => {
    const others = sources.get(finding.id);
    return others ? { ...finding, sources: others } : finding;
  });
}

/** Findings whose resource is not in the graph are said, with what to do. */
function outsideNotes(facts: readonly Fact[]): readonly NotAnalysed[] {
  const open = facts.filter(({ fact, kind }) => fact === 'fail' && kind === 'configuration');
  return REASONS.flatMap(({ missing, reason, remedy }) => {
    const found = open.filter((fact) => fact.missing === missing && fact.named !== '');
    const [first] = found;
    if (!first) return [];
    const rest = found.length - 1;
    const what = rest > 0 ? `${first.named} (+${rest})` : first.named;
    return [{ kind: 'outside' as const, what, reason, remedy }];
  });
}

const REASONS = [
  {
    missing: 'absent',
    reason: text(
      'imported findings concern resources that are not in what was read',
      '取り込んだ検出結果の対象リソースが、読み取った範囲にありません',
    ),
    remedy: text(
      'give their template, or a snapshot of the account (honmaru collect)',
      'そのテンプレート、またはアカウントのスナップショット(honmaru collect)も指定してください',
    ),
  },
  {
    missing: 'several',
    reason: text(
      'imported findings name more than one resource, so none was chosen',
      '取り込んだ検出結果の名前に当てはまるリソースが複数あるため、どれとも結び付けていません',
    ),
    remedy: text(
      'give the part of the environment that the tool looked at',
      'そのツールが調べた範囲だけを指定してください',
    ),
  },
  {
    missing: 'other-account',
    reason: text(
      'imported findings are of another account than the one that was read',
      '取り込んだ検出結果は、読み取ったアカウントとは別のアカウントのものです',
    ),
    remedy: text('assess that account by itself', 'そのアカウントを別に評価してください'),
  },
] as const;
