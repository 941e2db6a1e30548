import type { Language, Text } from '../kernel/texts.ts';
import { text, verbatim } from '../kernel/texts.ts';
import type { AssessedResource, Assessment, NotAnalysed } from '../model/assessment.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import type { ChangedRisk, Comparison } from '../risk/compare.ts';
import type { Rename } from '../risk/renames.ts';
import { cutText } from './cut-text.ts';
import { guardName } from './guard-name.ts';
import { importsHeadline } from './imports.ts';
import { escapeMarkdown } from './markdown.ts';
import { type Namer, namerOf } from './names.ts';
import { worstFirst } from './order.ts';
import { pathTeller } from './path-line.ts';
import { proposalLine } from './proposal-line.ts';
import { showInterval } from './score.ts';
import { BAND_WORDS, MODEL_NOTE } from './words.ts';

/** The two assessments and what differs between them. */
export interface Difference {
  readonly before: Assessment;
  readonly after: Assessment;
  readonly comparison: Comparison;
}

const MOST_ROWS = 20;

/** Plain lines for a terminal, what got worse first. */
export function renderDiffText(difference: Difference, language: Language): string {
  const lines = linesOf(difference, language, (value) => value);
  const moved = movedEntries(difference.comparison.renamed);
  return `${[...lines, ...(moved.length === 0 ? [] : ['', ...moved])].join('\n')}\n`;
}

/**
 * A pull-request comment: its first three lines say what matters, the rest is folded. Every foreign text is
 * escaped, so that no name becomes a link, an image or a mention.
 */
export function renderDiffMarkdown(difference: Difference, language: Language): string {
  const [headline = '', worst = '', advice = '', ...rest] = linesOf(difference, language, escapeMarkdown);
  const more = text('All changes', '変更のすべて')[language];
  return [
    `**${headline}**`,
    worst,
    advice,
    '',
    ...importsLine(difference.after, language),
    `<details><summary>${more}</summary>`,
    '',
    ...rest.map(markdownLine),
    '',
    ...fenced(movedEntries(difference.comparison.renamed)),
    '</details>',
    '',
  ].join('\n');
}

/** What other tools found in the changed environment, where their findings were given. */
function importsLine({ imports }: Assessment, language: Language): readonly string[] {
  return imports ? [escapeMarkdown(importsHeadline(imports)[language]), ''] : [];
}

/** Lines to be copied; names of resources hold no fence, because YAML text in quotes is one line. */
function fenced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['~~~~~~yaml', ...lines, '~~~~~~', ''];
}

/** Indented lines are rows of a list, lines that end in a count are headings. */
function markdownLine(line: string): string {
  if (line.startsWith('  ')) return `- ${line.trim()}`;
  return / \(\d+\)$/.test(line) ? `**${line}**\n` : line;
}

type Escape = (value: string) => string;

function linesOf({ before, after, comparison }: Difference, language: Language, safe: Escape): string[] {
  const say = (each: Text) => safe(each[language]);
  const resources = resourcesOfBoth(before, after);
  const name = namerOf({ resources, moved: after.environment.moved ?? [] });
  const tell = pathTeller(resources, language, name);
  const reports = [...after.safeguards, ...before.safeguards];
  const { risks, findings, safeguards, renamed } = comparison;
  const risk = (each: Risk) =>
    `  ${say(BAND_WORDS[each.band.current])} ${showInterval(each.current)}  ${say(each.title)}: ${safe(tell(each.path))}`;
  const changed = ({ before: from, after: to }: ChangedRisk) =>
    `  ${showInterval(from.current)} → ${showInterval(to.current)}  ${say(to.title)}: ${safe(tell(to.path))}`;
  const section = (title: Text, rows: readonly string[]) =>
    rows.length === 0
      ? []
      : ['', `${say(title)} (${rows.length})`, ...rows.slice(0, MOST_ROWS), ...cut(rows.length, language)];
  return [
    say(headlineOf(comparison, { before: unreadOf(before), after: unreadOf(after) })),
    ...worstLines({ before, after, comparison }, name, say, (each) => safe(tell(each.path))),
    ...section(text('New risks', '新しいリスク'), worstFirst(risks.appeared).map(risk)),
    ...section(text('Raised risks', '上がったリスク'), risks.raised.map(changed)),
    ...section(text('Lowered risks', '下がったリスク'), risks.lowered.map(changed)),
    ...section(text('Risks that are gone', 'なくなったリスク'), worstFirst(risks.disappeared).map(risk)),
    ...section(
      text('Safeguards', '対策'),
      safeguards.map(
        ({ safeguard, place, before: from, after: to }) =>
          `  ${say(safeguardAt(guardName({ safeguard }, reports), name(place)))}: ${say(stateWord(from))} → ${say(stateWord(to))}`,
      ),
    ),
    ...section(
      text('Controls that fail now', '新たに不適合になった検査'),
      findings.failing.map(
        (each) => `  ${safe(each.control)} ${say(name(each.resource))}: ${say(each.because)}`,
      ),
    ),
    ...section(
      text('Controls that fail no more', '不適合でなくなった検査'),
      findings.mended.map((each) => `  ${safe(each.control)} ${say(name(each.resource))}`),
    ),
    ...section(
      text(
        'Renamed, it seems; if so, put this into honmaru.yaml so that decisions stay',
        '名前の変更と思われるもの(そのとおりなら、決定を引き継ぐため honmaru.yaml に追記)',
      ),
      renamed.map(({ from, to }) => `  ${safe(from)} → ${safe(to)}`),
    ),
    '',
    say(MODEL_NOTE),
  ];
}

/**
 * The `moved:` entries for what seems renamed, as they are pasted into `honmaru.yaml`: every one of them, since
 * an entry that is missing loses a decision.
 */
export function movedEntries(renamed: readonly Rename[]): readonly string[] {
  if (renamed.length === 0) return [];
  return ['moved:', ...renamed.map(({ from, to }) => `  ${yamlText(from)}: ${yamlText(to)}`)];
}

/** A text as YAML reads it back: plain where it can stand so, else in double quotes as in JSON. */
function yamlText(value: string): string {
  return /^[A-Za-z][\w./-]*(:[\w./-]+)?$/.test(value) ? value : JSON.stringify(value);
}

/** The resources of both sides, each id once. */
function resourcesOfBoth(before: Assessment, after: Assessment): readonly AssessedResource[] {
  const all = [...before.environment.resources, ...after.environment.resources];
  return [...new Map(all.map((resource) => [resource.id, resource])).values()];
}

function cut(length: number, language: Language): readonly string[] {
  if (length <= MOST_ROWS) return [];
  const rest = length - MOST_ROWS;
  return [text(`  … and ${rest} more`, `  … ほか${rest}件`)[language]];
}

/** What could not be read of the two sides. What is missing then may only be unread. */
interface Unread {
  readonly before: readonly NotAnalysed[];
  readonly after: readonly NotAnalysed[];
}

function unreadOf({ coverage }: Assessment): readonly NotAnalysed[] {
  return coverage.notAnalysed.filter(({ kind }) => kind === 'input');
}

/** What the change does, never better than what could be read: a file that is cut closes no risk. */
function headlineOf(comparison: Comparison, { before, after }: Unread): Text {
  const { appeared, raised } = comparison.risks;
  if (after.length > 0 && appeared.length + raised.length === 0) {
    return text(
      `What this change does is not known: ${inputs(after.length)} could not be read`,
      `この変更の影響は判定できません(読み取れない入力${after.length}件)`,
    );
  }
  const said = changeOf(comparison);
  if (after.length > 0) {
    return text(
      `${said.en}; ${inputs(after.length)} of it could not be read`,
      `${said.ja}(変更後に読み取れない入力${after.length}件)`,
    );
  }
  if (before.length === 0) return said;
  return text(
    `${said.en}; ${inputs(before.length)} of what was before could not be read`,
    `${said.ja}(変更前に読み取れない入力${before.length}件)`,
  );
}

function inputs(count: number): string {
  return `${count} ${count === 1 ? 'input' : 'inputs'}`;
}

function changeOf({ risks, findings, safeguards }: Comparison): Text {
  const worse = risks.appeared.length + risks.raised.length;
  const better = risks.disappeared.length + risks.lowered.length;
  if (worse > 0) {
    const also = better > 0 ? text(` and ${better} better`, `、良くなるリスク${better}件`) : verbatim('');
    return text(
      `This change makes ${worse} ${worse === 1 ? 'risk' : 'risks'} worse${also.en}`,
      `この変更で悪くなるリスク${worse}件${also.ja}`,
    );
  }
  if (better > 0) {
    return text(
      `This change makes ${better} ${better === 1 ? 'risk' : 'risks'} better and none worse`,
      `この変更で良くなるリスク${better}件、悪くなるものはありません`,
    );
  }
  const rest = findings.failing.length + findings.mended.length + safeguards.length;
  return rest === 0
    ? text(
        'This change alters no risk, no safeguard and no verdict',
        'リスク・対策・検査結果のいずれも変わりません',
      )
    : text('This change alters no risk', 'リスクは変わりません');
}

/** The second and third line: the worst thing that the change opens, and what would mend it. */
function worstLines(
  { after, comparison: { risks } }: Difference,
  name: Namer,
  say: (each: Text) => string,
  tell: (risk: Risk) => string,
): readonly string[] {
  const [worst] = worstFirst([...risks.appeared, ...risks.raised.map(({ after: risk }) => risk)]);
  const [unread] = unreadOf(after);
  if (!worst && unread) {
    return [
      say(text(`${unread.what}: ${unread.reason.en}`, `${unread.what}: ${unread.reason.ja}`)),
      say(
        text(
          'What is told as gone or mended may only be unread.',
          '「なくなった」「不適合でなくなった」とあるものは、読み取れなかっただけの可能性があります。',
        ),
      ),
    ];
  }
  if (!worst) {
    return [
      say(text('Nothing that it touches got worse.', '悪くなったものはありません。')),
      say(text('No action is needed because of it.', 'この変更のために必要な対応はありません。')),
    ];
  }
  const proposal = proposalLine(worst.proposal, after.safeguards, name);
  const opens = risks.appeared.includes(worst)
    ? text('This change opens', 'この変更で開く経路')
    : text('This change raises', 'この変更で高まる経路');
  const cut = cutText(worst, after.safeguards, name);
  const guarded = worst.cut?.length
    ? text(`on it: ${cut.en}`, `経路上の対策: ${cut.ja}`)
    : text('nothing on it blocks or hinders', '経路上に遮断・妨害する対策なし');
  return [
    `${say(opens)}: ${tell(worst)} (${say(worst.title)}); ${say(guarded)}`,
    `${say(text('Proposal', '提案'))}: ${say(proposal)}`,
  ];
}

function safeguardAt(title: Text, place: Text): Text {
  return text(`${title.en} at ${place.en}`, `${place.ja}の${title.ja}`);
}

const STATE_WORDS: Readonly<Record<SafeguardState, Text>> = {
  on: text('on', '有効'),
  partial: text('partial', '一部有効'),
  off: text('off', '未対策'),
  unknown: text('unknown', '不明'),
  'not-applicable': text('not applicable', '対象外'),
};

function stateWord(state: SafeguardState | undefined): Text {
  return state === undefined ? text('not there', 'なし') : STATE_WORDS[state];
}
