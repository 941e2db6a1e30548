import { stableId } from '../../kernel/ids.ts';
import { compare } from '../../kernel/order.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { FindingSource, Severity } from '../../model/finding.ts';
import type { DecisionSubject, ImportedDecision } from '../../model/imported.ts';
import type { Risk } from '../../model/risk.ts';
import { bySeverity, type Fact, worst } from './facts.ts';
import { HOUSEKEEPING, type Theme, themeOf } from './themes.ts';

/** A fact with the decision that answers it; facts that do not fail need none. */
export interface Sorted {
  readonly facts: readonly Fact[];
  readonly decisions: readonly ImportedDecision[];
}

/**
 * Sorts facts into what people decide: the worst risk a fact belongs to; where there is none, what
 * its control is about, the packages of one artefact, secrets in files, what is not in the graph, and what fits
 * no control.
 */
export function sortIntoDecisions(
  facts: readonly Fact[],
  environment: string,
  risks: readonly Risk[],
): Sorted {
  const byId = new Map(risks.map((risk) => [risk.id, risk]));
  const groups = new Map<string, { readonly subject: Subject; readonly facts: Fact[] }>();
  const sorted = facts.map((fact) => {
    if (fact.fact !== 'fail') return fact;
    const subject = subjectOf(fact, byId);
    const id = subject.risk ?? stableId('decision', environment, subject.about, subject.key);
    const group = groups.get(id) ?? { subject, facts: [] };
    group.facts.push(fact);
    groups.set(id, group);
    return { ...fact, decision: id };
  });
  const order = new Map(risks.map((risk, index) => [risk.id, index]));
  const rank = (decision: ImportedDecision) => order.get(decision.risk ?? '') ?? risks.length;
  const decisions = [...groups]
    .map(([id, group]) => decisionFrom(id, group.subject, group.facts))
    .sort((a, b) => rank(a) - rank(b) || bySeverity(a, b) || b.findings - a.findings || compare(a.id, b.id));
  return { facts: sorted, decisions };
}

interface Subject {
  readonly about: DecisionSubject;
  readonly key: string;
  readonly title: Text;
  readonly risk?: string;
}

function subjectOf(fact: Fact, risks: ReadonlyMap<string, Risk>): Subject {
  const risk = risks.get(fact.risks[0] ?? '');
  if (risk) return { about: 'risk', key: risk.id, title: risk.title, risk: risk.id };
  if (fact.kind === 'secret') return SECRETS;
  if (fact.kind === 'package') return packages(fact);
  if (fact.control === undefined) return other(fact.sources[0]?.tool ?? '?');
  if (fact.resource === undefined) return OUTSIDE;
  return settings(fact.theme ?? HOUSEKEEPING);
}

const SECRETS: Subject = {
  about: 'secrets',
  key: '',
  title: text('Secrets in files', 'ファイル内の秘密情報'),
};

const OUTSIDE: Subject = {
  about: 'outside',
  key: '',
  title: text('Resources that are not in what was read', '読み取った範囲にないリソース'),
};

function packages({ named }: Fact): Subject {
  return {
    about: 'packages',
    key: named,
    title: text(`Packages with known flaws: ${named}`, `既知の脆弱性があるパッケージ: ${named}`),
  };
}

function settings({ id, title }: Theme): Subject {
  return {
    about: 'settings',
    key: id,
    title: text(
      `${title.en}: settings on which no risk rests`,
      `${title.ja}: 個別のリスクに結びつかない設定`,
    ),
  };
}

function other(tool: string): Subject {
  return {
    about: 'other',
    key: tool,
    title: text(`${tool}: fits no control of ours`, `${tool}: 対応するコントロールがないもの`),
  };
}

function decisionFrom(id: string, subject: Subject, facts: readonly Fact[]): ImportedDecision {
  const sources = facts.flatMap((fact) => fact.sources.filter((source) => source.fact === 'fail'));
  const severities = counted(sources.map(({ severity }) => severity));
  return {
    id,
    about: subject.about,
    title: subject.title,
    ...(subject.risk === undefined ? {} : { risk: subject.risk }),
    severity: worst(facts.map(({ severity }) => severity)),
    findings: sources.length,
    facts: facts.length,
    tools: [...new Set(sources.map(({ tool }) => tool))].sort(compare),
    checks: checksOf(sources),
    ...(severities.size > 1 ? { severities: Object.fromEntries(severities) } : {}),
    ...(subject.about === 'other' ? { themes: themesOf(facts) } : {}),
  };
}

function counted<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The most frequent first, then the gravest. */
function checksOf(sources: readonly FindingSource[]): readonly string[] {
  const gravest = new Map<string, Severity>();
  for (const { check, severity } of sources) {
    gravest.set(check, worst([severity, gravest.get(check) ?? severity]));
  }
  const graver = (a: string, b: string) =>
    bySeverity({ severity: gravest.get(a) ?? 'low' }, { severity: gravest.get(b) ?? 'low' });
  return [...counted(sources.map(({ check }) => check))]
    .sort(([a, one], [b, other]) => other - one || graver(a, b) || compare(a, b))
    .map(([check]) => check);
}

const ELSE = text('something else', 'その他');

/** What fits no control of ours is one group still, and is told by what it is about. */
function themesOf(facts: readonly Fact[]): NonNullable<ImportedDecision['themes']> {
  const about = (fact: Fact) => themeOf(`${fact.title} ${fact.sources[0]?.check ?? ''}`.replaceAll('_', ' '));
  const failing = (fact: Fact) => fact.sources.filter((source) => source.fact === 'fail');
  const themes = counted(facts.flatMap((fact) => failing(fact).map(() => about(fact))));
  return [...themes]
    .sort(
      ([a, one], [b, other]) =>
        Number(a === HOUSEKEEPING) - Number(b === HOUSEKEEPING) || other - one || compare(a.id, b.id),
    )
    .map(([theme, findings]) => ({ title: theme === HOUSEKEEPING ? ELSE : theme.title, findings }));
}
