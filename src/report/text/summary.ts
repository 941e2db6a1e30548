import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Severity } from '../../model/finding.ts';
import type { Band } from '../../model/risk.ts';
import { doubtText, isLapsed, isTouched } from '../decision-words.ts';
import { type BandCounts, countBands, countFindings, worstFirst } from '../order.ts';
import { showPlace } from '../show-place.ts';
import { unlookedTypes } from '../unlooked.ts';
import { BAND_WORDS, MODEL_NOTE, NOT_ANALYSED_WORDS, SEVERITY_WORDS, scopeText } from '../words.ts';
import type { View } from './view.ts';

const SHOWN_NOT_ANALYSED = 6;

/** The first lines: how many risks at which level, now and with the proposals. */
export function headlineLines(assessment: Assessment, view: View): readonly string[] {
  const { environment, risks } = assessment;
  const now = countBands(risks, 'current');
  const worst: Band = now.high > 0 ? 'high' : now.medium > 0 ? 'medium' : 'low';
  const total = text(
    `${risks.length} ${risks.length === 1 ? 'risk' : 'risks'}: `,
    `リスク${risks.length}件: `,
  );
  const after = bandsText(countBands(risks, 'target'));
  const then = text(`with the proposals: ${after.en}`, `提案を実施した後: ${after.ja}`);
  const scope = scopeText(environment);
  const facts = [
    ...(environment.owner ? [text(`owner: ${environment.owner}`, `事業責任者: ${environment.owner}`)] : []),
    text(`scope: ${scope.en}`, `範囲: ${scope.ja}`),
    text(
      `${environment.resources.length} ${environment.resources.length === 1 ? 'resource' : 'resources'}`,
      `リソース${environment.resources.length}個`,
    ),
  ];
  return [
    `${view.palette.strong(view.say(verbatim(environment.name)))}  ${view.say(total)}${view.palette.band[worst](view.say(bandsText(now)))}`,
    ...view.lines(view.say(then), 2),
    ...view.lines(view.say(joinTexts(facts, text(' · ', ' · '))), 2),
    ...decisionLines(assessment, view),
    view.palette.faint(`  ${view.say(MODEL_NOTE)}`),
  ];
}

/** How much is decided, what lapsed in front; nothing where nobody decided anything yet. */
function decisionLines({ decisions = [] }: Assessment, view: View): readonly string[] {
  const touched = decisions.filter((each) => isTouched(each) && each.gone !== true);
  if (touched.length === 0) return [];
  const lapsed = touched.filter(isLapsed).length;
  const valid = touched.filter(({ status, counts }) => status === 'accepted' && counts).length;
  const waiting = touched.filter(({ status }) => status === 'proposed').length;
  const counts = text(
    `decisions: ${valid} accepted and valid, ${waiting} waiting for the owner`,
    `決定: 有効な受容${valid}件、責任者の決定待ち${waiting}件`,
  );
  const again = text(
    `${lapsed} ${lapsed === 1 ? 'decision has' : 'decisions have'} lapsed and must be made again (honmaru risk list)`,
    `${lapsed}件の決定が失効しています。改めて判断してください(honmaru risk list)`,
  );
  const doubted = touched.filter((each) => doubtText(each) !== undefined).length;
  const without = text(
    `${doubted} ${doubted === 1 ? 'decision does' : 'decisions do'} not count, for example unsigned where signers are named (honmaru risk list)`,
    `無効な決定が${doubted}件あります(署名者の登録があるのに署名がない、など。honmaru risk list で確認)`,
  );
  return [
    ...(doubted > 0 ? view.lines(view.say(without), 2).map(view.palette.band.high) : []),
    ...(lapsed > 0 ? view.lines(view.say(again), 2).map(view.palette.band.high) : []),
    ...view.lines(view.say(counts), 2),
  ];
}

export function bandsText(counts: BandCounts): Text {
  const bands: readonly Band[] = ['high', 'medium', 'low'];
  return joinTexts(
    bands.map((band) =>
      text(`${counts[band]} ${BAND_WORDS[band].en}`, `${BAND_WORDS[band].ja}${counts[band]}`),
    ),
  );
}

/** What the controls said, in one or two lines. */
export function controlLines(assessment: Pick<Assessment, 'findings'>, view: View): readonly string[] {
  const counts = countFindings(assessment.findings);
  const severities = (Object.keys(counts.failedBySeverity) as Severity[]).filter(
    (severity) => counts.failedBySeverity[severity] > 0,
  );
  const detail = joinTexts(
    severities.map((severity) =>
      text(
        `${counts.failedBySeverity[severity]} ${SEVERITY_WORDS[severity].en}`,
        `${SEVERITY_WORDS[severity].ja}${counts.failedBySeverity[severity]}`,
      ),
    ),
  );
  const failed = severities.length
    ? text(`${counts.failed} FAIL (${detail.en})`, `不適合${counts.failed}(${detail.ja})`)
    : text('0 FAIL', '不適合0');
  const total = counts.failed + counts.unknown + counts.passed;
  const none = text('no control looks at what was read', '読み取ったものを対象とする検査項目はありません');
  const results = text(
    `${failed.en}, ${counts.unknown} UNKNOWN, ${counts.passed} PASS`,
    `${failed.ja}、判定不能${counts.unknown}、適合${counts.passed}`,
  );
  const line = total === 0 ? none : results;
  return [view.palette.strong(view.say(text('Controls', '設定の検査'))), ...view.lines(view.say(line), 2)];
}

/** What was not judged: nothing is green by omission. */
export function notJudgedLines(assessment: Assessment, view: View): readonly string[] {
  const { coverage, environment } = assessment;
  const lines = [view.palette.strong(view.say(text('Not judged', '判定していないもの')))];
  if (environment.unknowns.length > 0) {
    const count = environment.unknowns.length;
    const line = text(
      `${count} ${count === 1 ? 'value is' : 'values are'} undecided (parameters, other stacks, live facts)`,
      `値の決まらない箇所が${count}件(パラメーター、別のスタック、実環境の値)`,
    );
    lines.push(...view.lines(view.say(line), 2));
  }
  const types = unlookedTypes(assessment);
  if (types.length > 0) {
    const count = types.reduce((sum, each) => sum + each.count, 0);
    const line = text(
      `${count} ${count === 1 ? 'resource is' : 'resources are'} of a type that no check looks at by itself`,
      `単独では検査しない型のリソースが${count}個`,
    );
    lines.push(...view.lines(view.say(line), 2));
  }
  const kinds = ['input', 'unsupported', 'outside'] as const;
  const entries = kinds.flatMap((kind) => coverage.notAnalysed.filter((each) => each.kind === kind));
  for (const entry of entries.slice(0, SHOWN_NOT_ANALYSED)) {
    const where = showPlace(entry.source) ?? entry.what;
    const kind = view.say(NOT_ANALYSED_WORDS[entry.kind]);
    const remedy = entry.remedy ? ` (${view.say(entry.remedy)})` : '';
    lines.push(...view.lines(`${kind}: ${view.say(verbatim(where))}: ${view.say(entry.reason)}${remedy}`, 2));
  }
  const rest = entries.length - SHOWN_NOT_ANALYSED;
  if (rest > 0) lines.push(...view.lines(view.say(text(`… and ${rest} more`, `… ほか${rest}件`)), 2));
  if (lines.length === 1) {
    lines.push(
      `  ${view.say(text('everything that was read was judged', '読み取ったものはすべて判定しました'))}`,
    );
  }
  return lines;
}

/** The commands that go on from here. */
export function nextLines(assessment: Assessment, view: View): readonly string[] {
  const worst = worstFirst(assessment.risks)[0];
  const commands: readonly (readonly [string, Text])[] = [
    ...(worst
      ? [[`honmaru explain ${worst.id}`, text('why, evidence and patch', '理由・証拠・修正方法')] as const]
      : []),
    [
      `honmaru assess ${view.paths} --format html --out report.html`,
      text('the report for the business owner', '事業責任者向けの報告書'),
    ],
    [
      `honmaru check ${view.paths}`,
      text('every finding with file and line', '全項目の検査結果(ファイルと行)'),
    ],
  ];
  return [
    view.palette.strong(view.say(text('Next', '次にできること'))),
    ...commands.map(([command, what]) => `  ${command}  ${view.palette.faint(view.say(what))}`),
  ];
}
