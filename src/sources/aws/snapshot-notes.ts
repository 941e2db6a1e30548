import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { itemsOf, textsOf } from './snapshot-nodes.ts';

const OLD_AFTER_DAYS = 7;

/** What a snapshot says of itself: what was not answered, how old it is, and where nothing was looked at. */
export function snapshotNotes(file: SourceFile, root: DocumentNode, asOf: string): readonly NotAnalysed[] {
  const gaps = itemsOf(child(root, 'parts')).flatMap((part) => itemsOf(child(part, 'gaps')));
  return [...gapNotes(file, gaps), ...ageNotes(file, root, asOf), ...placeNotes(file, root)];
}

/** One note for each call, however many regions did not answer it. */
function gapNotes(file: SourceFile, gaps: readonly DocumentNode[]): readonly NotAnalysed[] {
  const word = (gap: DocumentNode, name: string) => stringOf(child(gap, name)) ?? '';
  const groups = Map.groupBy(
    gaps,
    (gap) => `${word(gap, 'service')} ${word(gap, 'operation')} ${word(gap, 'error')}`,
  );
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    const call = `${word(first, 'service')} ${word(first, 'operation')}`;
    const regions = [...new Set([first, ...rest].map((gap) => word(gap, 'region')))].join(', ');
    return {
      kind: 'outside' as const,
      what: `${call} (${regions})`,
      reason: text(
        `the account did not answer ${call} (${word(first, 'error')}): what hangs on it is unknown`,
        `${call} に対する回答が得られませんでした(${word(first, 'error')})。関係する事実は不明です`,
      ),
      remedy: REMEDIES[word(first, 'reason')] ?? AGAIN,
      source: placeAt(file, first.start),
    };
  });
}

const AGAIN = text('collect again; finished parts are kept', '収集し直してください(済んだ部分は保たれます)');

const REMEDIES: Readonly<Record<string, typeof AGAIN>> = {
  'access-denied': text(
    'grant what "honmaru collect --print-policy" prints, and collect again',
    '「honmaru collect --print-policy」が表示する権限を付けて、収集し直してください',
  ),
  'not-available': text(
    'the service may not exist in that region; check with its console',
    'そのリージョンにサービスがない可能性があります。コンソールで確認してください',
  ),
};

function ageNotes(file: SourceFile, root: DocumentNode, asOf: string): readonly NotAnalysed[] {
  const collectedAt = stringOf(child(root, 'collectedAt')) ?? '';
  const days = Math.floor((Date.parse(asOf) - Date.parse(collectedAt)) / 86_400_000);
  if (!(days > OLD_AFTER_DAYS)) return [];
  return [
    {
      kind: 'outside',
      what: file.path,
      reason: text(`the snapshot is ${days} days old`, `スナップショットは${days}日前のものです`),
      remedy: text('collect again', '収集し直してください'),
    },
  ];
}

function placeNotes(file: SourceFile, root: DocumentNode): readonly NotAnalysed[] {
  const complete = child(root, 'complete');
  const off = textsOf(child(root, 'regionsOff'));
  const notes: NotAnalysed[] = [];
  if (complete?.kind === 'scalar' && complete.value === false) {
    notes.push({
      kind: 'outside',
      what: file.path,
      reason: text(
        'collecting was interrupted: what was not read is unknown',
        '収集が中断されたため、読み取っていない部分は不明です',
      ),
      remedy: AGAIN,
    });
  }
  if (off.length > 0) {
    notes.push({
      kind: 'outside',
      what: off.join(', '),
      reason: text(
        'these regions are switched off for the account: nothing can be in them, and nothing was asked there',
        'これらのリージョンはアカウントで無効のため、リソースは存在し得ず、調べていません',
      ),
    });
  }
  return notes;
}
