import { type Text, verbatim } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Risk, RiskEvidence } from '../model/risk.ts';
import { guardName } from './guard-name.ts';

/** The evidence of a risk that its path does not tell already, each fact once. */
export function evidenceBesidePath(risk: Risk): readonly RiskEvidence[] {
  const told = new Set(risk.path.map(({ what, source }) => factKey(what, source)));
  return risk.evidence.filter(({ because, source }) => {
    const key = factKey(because, source);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}

function factKey(fact: Text, source: RiskEvidence['source']): string {
  return `${fact.en} ${source ? `${source.file}:${source.line}` : ''}`;
}

/** Who says so: the control of a finding, the safeguard's name, or nothing for a fact of the path. */
export function evidenceOrigin(
  evidence: RiskEvidence,
  assessment: Pick<Assessment, 'findings' | 'safeguards'>,
): Text | undefined {
  if (evidence.kind === 'safeguard') return guardName({ safeguard: evidence.id }, assessment.safeguards);
  if (evidence.kind === 'fact') return undefined;
  const finding = assessment.findings.find(({ id }) => id === evidence.id);
  return verbatim(finding?.control ?? evidence.id);
}
