import type { ExplainContext } from './explain/context.ts';
import { explainControl, explainFinding } from './explain/finding.ts';
import { explainRisk } from './explain/risk.ts';
import { explainSafeguard } from './explain/safeguard.ts';
import type { Subject } from './explain/subject.ts';
import { explainFamily, explainRule, explainTopic } from './explain/topic.ts';
import type { TextOptions } from './text/options.ts';
import { type View, viewOf } from './text/view.ts';

export type { ExplainContext } from './explain/context.ts';
export { findSubject, type Subject, type SubjectSources, suggestSubject } from './explain/subject.ts';

/** Explains a risk, finding, control or safeguard: what, why, what it does not do, evidence and patch. */
export function renderExplanation(subject: Subject, context: ExplainContext, options: TextOptions): string {
  const view = viewOf(context.assessment?.environment ?? { resources: [] }, options);
  return `${linesOf(subject, context, view).join('\n')}\n`;
}

function linesOf(subject: Subject, context: ExplainContext, view: View): readonly string[] {
  switch (subject.kind) {
    case 'risk':
      return explainRisk(subject.risk, context, view);
    case 'finding':
      return explainFinding(subject.finding, context, view);
    case 'control':
      return explainControl(subject.control, context, view);
    case 'safeguard':
      return explainSafeguard(subject.safeguard, context, view);
    case 'rule':
      return explainRule(subject.rule, context, view);
    case 'topic':
      return explainTopic(subject.topic, context, view);
    case 'family':
      return explainFamily(subject.family, subject.controls, context, view);
  }
}
