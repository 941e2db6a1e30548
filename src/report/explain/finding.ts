import type { Control } from '../../controls/control.ts';
import { text, verbatim } from '../../kernel/texts.ts';
import type { Finding } from '../../model/finding.ts';
import { findingsForPeople } from '../order.ts';
import type { View } from '../text/view.ts';
import { BAND_WORDS, SEVERITY_WORDS, STATUS_WORDS } from '../words.ts';
import type { ExplainContext } from './context.ts';
import { at, part } from './lines.ts';
import { patchLines } from './patch.ts';

/** A finding: what was found where, what its control asks, and the patch for this resource. */
export function explainFinding(finding: Finding, context: ExplainContext, view: View): readonly string[] {
  const control = context.controls.find(({ id }) => id === finding.control);
  const resource = context.graph?.get(finding.resource);
  const severity = view.say(SEVERITY_WORDS[finding.severity]);
  return [
    view.palette.strong(`${finding.control}: ${view.say(finding.title)}`),
    `  ${view.say(STATUS_WORDS[finding.status])} · ${severity} · ${view.name(finding.resource)} · ${finding.id}`,
    ...part(text('Why', '理由'), [`${view.say(finding.because)}${at(finding.source, view)}`], view),
    ...part(text('What would decide it', '判定を決めるもの'), finding.undecided ?? [], view),
    ...part(text('Risks that rest on it', 'これに基づくリスク'), risksOn(finding, context, view), view),
    ...(control ? limits(control, view) : []),
    ...(control ? standards(control, view) : []),
    ...(control && resource && context.graph
      ? patchLines(control.remedy(resource, context.graph), { graph: context.graph, resource }, view)
      : []),
  ];
}

/** A control: what it asks of which resources, where it stands in standards, and what it found. */
export function explainControl(control: Control, context: ExplainContext, view: View): readonly string[] {
  const found = findingsForPeople(
    (context.assessment?.findings ?? []).filter(({ control: id }) => id === control.id),
  );
  const open = found.find(({ status }) => status === 'FAIL' || status === 'UNKNOWN');
  const resource = open && context.graph?.get(open.resource);
  const basis =
    control.basis === 'template'
      ? text('It judges what the author wrote.', '書かれている設定そのものを判定します。')
      : text(
          'It judges what holds after the defaults of AWS.',
          'AWSの既定値を適用した後の状態を判定します。',
        );
  return [
    view.palette.strong(`${control.id}: ${view.say(control.title)}`),
    `  ${view.say(SEVERITY_WORDS[control.severity])}`,
    ...part(text('What it looks at', '対象'), [verbatim(control.resourceTypes.join(', ')), basis], view),
    ...limits(control, view),
    ...standards(control, view),
    ...part(
      text('What it found', '判定結果'),
      found.map(
        (each) =>
          `${view.say(STATUS_WORDS[each.status])} ${view.name(each.resource)}: ${view.say(each.because)}${at(each.source, view)}`,
      ),
      view,
    ),
    ...(resource && context.graph
      ? patchLines(control.remedy(resource, context.graph), { graph: context.graph, resource }, view)
      : []),
  ];
}

/** The risks of the assessment of which a finding is evidence. */
function risksOn(finding: Finding, { assessment }: ExplainContext, view: View): readonly string[] {
  return (assessment?.risks ?? [])
    .filter(({ evidence }) => evidence.some(({ kind, id }) => kind === 'finding' && id === finding.id))
    .map(({ id, title, band }) => `${view.say(BAND_WORDS[band.current])} ${view.say(title)} (${id})`);
}

/** What a control leaves open: nobody should take its PASS for more than it is. */
function limits({ basis }: Control, view: View): readonly string[] {
  const what =
    basis === 'template'
      ? text(
          'It judges the text that the author wrote: what is set at run time or by hand is not seen, and a PASS is no proof about the running resource.',
          '書かれた設定だけを判定します。実行時や手作業での設定は見ず、適合でも稼働中のリソースの証明にはなりません。',
        )
      : text(
          'It judges one setting of one resource: whether anybody can reach it, and what would come of it, is told by the risks.',
          '一つのリソースの一つの設定だけを判定します。誰が到達でき、何が起こるかはリスクとして示します。',
        );
  return part(text('What it does not say', '判定しないこと'), [what], view);
}

function standards({ configRule, mappings }: Control, view: View): readonly string[] {
  const lines = Object.entries(mappings).map(([standard, ids]) => `${standard}: ${ids.join(', ')}`);
  const rule = configRule ? [`AWS Config: ${configRule}`] : [];
  return part(text('In standards', '基準との対応'), [...rule, ...lines], view);
}
