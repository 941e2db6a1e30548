import { runbookLines } from '../../fix/deploy/runbook.ts';
import type { Outcome } from '../../fix/plan/change.ts';
import { reasonNotMet } from '../../fix/plan/not-met.ts';
import { priceList } from '../../fix/prices/prices.ts';
import { formatPlace } from '../../kernel/source-file.ts';
import { printable } from '../../kernel/text-width.ts';
import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import { type Namer, namerOf } from '../../report/names.ts';
import { paletteOf } from '../../report/text/paint.ts';
import type { Invocation, Terminal } from '../command.ts';
import type { FileDiff, FixReport, ReportedChange } from './report.ts';
import { deployText, impactLines, priceText } from './words.ts';

/**
 * A unified diff with notes before each hunk. Every hunk has its own file header, so that `git apply` and
 * `patch` take the whole output as it is: what stands between is skipped.
 */
export function renderFix(report: FixReport, invocation: Invocation, terminal: Terminal): string {
  const color = terminal.color && invocation.option('out') === undefined;
  const printer = new Printer(report, invocation, color);
  return printer.render();
}

const TITLES: readonly { readonly outcome: Outcome; readonly title: Text }[] = [
  {
    outcome: 'migration',
    title: text(
      'Not edited: it would lose data. A migration instead',
      '編集しません:データが失われるため、移行手順を示します',
    ),
  },
  { outcome: 'needs', title: text('Waiting for an answer', '指定待ち') },
  { outcome: 'refused', title: text('Not certain, so not edited', '確実でないため編集しません') },
  { outcome: 'by-hand', title: text('Work for people', '人が行う作業') },
  {
    outcome: 'undecided',
    title: text('Not decided, so nothing is changed there', '判定できないため変更しません'),
  },
];

class Printer {
  readonly #report: FixReport;
  readonly #say: (each: Text) => string;
  readonly #nameOf: Namer;
  readonly #write: boolean;
  readonly #color: boolean;
  readonly #told = new Set<string>();
  readonly #changes: ReadonlyMap<string, ReportedChange>;

  constructor(report: FixReport, invocation: Invocation, color: boolean) {
    this.#report = report;
    this.#changes = new Map(report.changes.map((change) => [change.id, change]));
    this.#say = (each) => printable(each[invocation.language]);
    const places = report.changes.map(({ place, placeName }) => ({ id: place, name: placeName }));
    const here = report.assessment.environment.resources;
    this.#nameOf = namerOf({ resources: uniqueById([...here, ...places, ...report.added]) });
    this.#write = invocation.flag('write');
    this.#color = color;
  }

  render(): string {
    const { files } = this.#report;
    const lines = [
      ...this.#summary(),
      ...files.flatMap((file) => this.#file(file)),
      ...TITLES.flatMap(({ outcome, title }) => this.#others(outcome, title)),
      ...this.#warnings(),
    ];
    return `${lines.join('\n')}\n`;
  }

  #summary(): readonly string[] {
    const { files, dollars, bands, notes } = this.#report;
    const edits = new Set(files.flatMap(({ hunks }) => hunks.flatMap(({ by }) => by))).size;
    const { date, region, note } = priceList();
    if (files.length === 0) {
      return [
        ...notes.map(this.#say),
        this.#say(text('Nothing to change in the files.', 'ファイルに変更すべき点はありません。')),
      ];
    }
    const count = new Set(files.map(({ path }) => path)).size;
    const shown = (each: typeof bands.before): Text =>
      text(
        `${each.high} high, ${each.medium} medium, ${each.low} low`,
        `高${each.high}・中${each.medium}・低${each.low}`,
      );
    const [from, to] = [shown(bands.before), shown(bands.after)];
    return [
      text(
        `${edits} ${edits === 1 ? 'change' : 'changes'} in ${count} ${count === 1 ? 'file' : 'files'}, about ${dollars} USD a month (${note.en}; ${region}, ${date})`,
        `${count}ファイルに${edits}件の変更、月額約${dollars}米ドル(${note.ja}。${region}、${date})`,
      ),
      text(`risks: ${from.en} → ${to.en}`, `リスク:${from.ja} → ${to.ja}`),
      ...notes,
      ...(this.#write
        ? []
        : [text('nothing is written without --write', '--write を付けない限り書き込みません')]),
    ].map(this.#say);
  }

  #file({ path, isNew, hunks }: FileDiff): readonly string[] {
    return hunks.flatMap(({ header, lines, by }) => [
      '',
      ...by.flatMap((id) => this.#noteOf(id)),
      ...(by.length > 1 ? [`# ${this.#say(SHARED)}`] : []),
      this.#faint(isNew ? '--- /dev/null' : `--- a/${path}`),
      this.#faint(`+++ b/${path}`),
      this.#paint(header, '36'),
      ...lines.map((line) => this.#diffLine(line)),
    ]);
  }

  #noteOf(id: string): readonly string[] {
    const change = this.#changes.get(id);
    if (!change) return [];
    if (this.#told.has(id)) {
      return [`# ${this.#title(change)} ${this.#say(text('(see above)', '(上記参照)'))}`];
    }
    this.#told.add(id);
    const { impact, deploy, first, undo, outcome } = change;
    const isEdit = outcome === 'edit';
    const entries: readonly (readonly [Text, Text])[] = [
      ...(isEdit
        ? impactLines(impact, this.#nameOf, this.#report.assessment).map((line) => [RISKS, line] as const)
        : []),
      ...(isEdit ? [[COST, priceText(change.safeguard)] as const] : []),
      [DEPLOY, deployText(deploy)],
      ...(isEdit ? first.map((each) => [FIRST, each] as const) : []),
      ...change.commands.map((command) => [RUN, text(command, command)] as const),
      [UNDO, undo],
    ];
    return [
      `# ${this.#strong(this.#title(change))}`,
      `#   ${this.#say(isEdit ? change.summary : PROTECT)}`,
      ...entries.map(([label, line]) => `#   ${this.#say(label)}: ${this.#say(line)}`),
    ];
  }

  #title({ name, place }: ReportedChange): string {
    const where = this.#nameOf(place);
    return this.#say(text(`${name.en} at ${where.en}`, `${where.ja}の${name.ja}`));
  }

  #others(outcome: Outcome, title: Text): readonly string[] {
    const changes = this.#report.changes.filter((change) => change.outcome === outcome);
    if (changes.length === 0) return [];
    const lines =
      outcome === 'migration'
        ? [...Map.groupBy(changes, ({ place }) => place).values()].flatMap((group) => this.#migration(group))
        : changes.flatMap((change) => this.#other(change));
    return ['', this.#strong(this.#say(title)), ...lines];
  }

  /** What is moved for several reasons is moved once: with all that any of them asks for. */
  #migration(group: readonly ReportedChange[]): readonly string[] {
    const longest = group.toSorted((a, b) => (b.reason?.en.length ?? 0) - (a.reason?.en.length ?? 0))[0];
    return [
      ...group.flatMap((change) => this.#other(change)),
      ...runbookLines(longest?.runbook ?? []).map((line) => `    ${this.#say(line)}`),
    ];
  }

  #other(change: ReportedChange): readonly string[] {
    const { reason, where, first, commands, summary } = change;
    const place = where ? `${formatPlace(where)}: ` : '';
    if (change.outcome === 'undecided') {
      return [
        `- ${place}${this.#title(change)}: ${this.#say(summary)}`,
        ...commands.map((command) => `    ${this.#say(IF_OFF)}: $ ${printable(command)}`),
      ];
    }
    return [
      `- ${this.#title(change)}: ${this.#say(summary)}`,
      ...(reason ? [`    ${place}${this.#say(reason)}`] : []),
      ...first.map((each) => `    ${this.#say(FIRST)}: ${this.#say(each)}`),
      ...commands.map((command) => `    $ ${printable(command)}`),
    ];
  }

  #warnings(): readonly string[] {
    const { newFailing, failingOnAdded, raised, remaining, changes } = this.#report;
    const lines = [
      ...newFailing.map(({ control, resource, because }) =>
        text(
          `fails afterwards: ${control} at ${this.#nameOf(resource).en}: ${because.en}`,
          `変更後に不適合:${this.#nameOf(resource).ja}の${control}:${because.ja}`,
        ),
      ),
      ...remaining.flatMap(({ id, because }) => {
        const change = changes.find((each) => each.id === id);
        if (!change) return [];
        const where = this.#nameOf(change.place);
        return text(
          `${change.name.en} at ${where.en} is not whole yet: ${because.en}`,
          `${where.ja}の${change.name.ja}はまだ完全ではありません:${because.ja}`,
        );
      }),
      ...raised.map(({ rule, before, after }) =>
        text(`${rule} rises from ${before} to ${after}`, `${rule}が${before}から${after}に上がる`),
      ),
      ...this.#notMet(failingOnAdded),
    ];
    return lines.length === 0
      ? []
      : ['', this.#strong(this.#say(MIND)), ...lines.map((line) => `- ${this.#say(line)}`)];
  }

  /** Controls that added resources do not meet, each once with its places and the reason. */
  #notMet(findings: FixReport['failingOnAdded']): readonly Text[] {
    return [...Map.groupBy(findings, ({ control }) => control)].map(([control, group]) => {
      const places = joinTexts(group.map(({ resource }) => this.#nameOf(resource)));
      const reason = reasonNotMet(control) ?? group[0]?.because ?? text('', '');
      return text(
        `${control} is not met by the added ${places.en}: ${reason.en}`,
        `追加した${places.ja}は${control}を満たしません:${reason.ja}`,
      );
    });
  }

  #diffLine(line: string): string {
    // Tabs stay, else the diff could not be applied.
    const body = line.replace(/\r$/, '').split('\t').map(printable).join('\t');
    const shown = line.endsWith('\r') && !this.#color ? `${body}\r` : body;
    if (line.startsWith('+')) return this.#paint(shown, '32');
    return line.startsWith('-') ? this.#paint(shown, '31') : shown;
  }

  #paint(value: string, code: string): string {
    return this.#color ? `\u001b[${code}m${value}\u001b[0m` : value;
  }

  #faint(value: string): string {
    return paletteOf(this.#color).faint(printable(value));
  }

  #strong(value: string): string {
    return paletteOf(this.#color).strong(value);
  }
}

function uniqueById<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [item.id, item])).values()].toReversed();
}

const RISKS = text('risks', 'リスク');
const COST = text('costs', '費用');
const DEPLOY = text('deploying', 'デプロイ時');
const FIRST = text('first', '事前に');
const RUN = text('run', '実行');
const IF_OFF = text('if it is missing', '未設定の場合');
const SHARED = text(
  'several changes share this hunk; to undo one of them alone, take only its lines out',
  '複数の変更がこの差分を共有しています。一つだけ元に戻す場合は、その行だけを取り除いてください',
);
const UNDO = text('undo', '元に戻すには');
const MIND = text('Mind', '注意');
const PROTECT = text(
  'First edit before the migration below: keep the data when the stack deletes or replaces the resource.',
  '下記の移行前の最初の編集:スタックがリソースを削除・置換してもデータを残します。',
);
