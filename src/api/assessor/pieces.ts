import type { Assessment } from '../../model/assessment.ts';
import type { SafeguardReport } from '../../model/safeguard.ts';

/** One part of an assessment as JSON, small enough to be read between two answers. */
export interface Piece {
  readonly list: ListName | 'frame' | 'attachments';
  /** Of `attachments`: the place of the safeguard in the list. */
  readonly at?: number;
  readonly json: string;
}

type ListName = keyof ReturnType<typeof listsOf>;

const ITEMS_AT_ONCE = 200;

/** The long lists of an assessment. */
function listsOf({ findings, risks, assets, safeguards, environment, coverage }: Assessment) {
  return {
    findings: findings as unknown[],
    risks: risks as unknown[],
    assets: assets as unknown[],
    safeguards: safeguards as unknown[],
    resources: environment.resources as unknown[],
    unknowns: environment.unknowns as unknown[],
    analysed: coverage.analysed as unknown[],
  };
}

/** An assessment cut into pieces: a whole one would hold up whoever reads it for more than a second. */
export function* piecesOf(assessment: Assessment): Iterable<Piece> {
  const bare = assessment.safeguards.map((report) => ({ ...report, attachments: [] }));
  const frame = {
    ...assessment,
    findings: [],
    risks: [],
    assets: [],
    safeguards: [],
    environment: { ...assessment.environment, resources: [], unknowns: [] },
    coverage: { ...assessment.coverage, analysed: [] },
  };
  yield { list: 'frame', json: JSON.stringify(frame) };
  const lists = { ...listsOf(assessment), safeguards: bare };
  for (const [list, items] of Object.entries(lists) as [ListName, readonly unknown[]][]) {
    for (const json of slices(items)) yield { list, json };
  }
  for (const [at, { attachments }] of assessment.safeguards.entries()) {
    for (const json of slices(attachments)) yield { list: 'attachments', at, json };
  }
}

function* slices(items: readonly unknown[]): Iterable<string> {
  for (let from = 0; from < items.length; from += ITEMS_AT_ONCE) {
    yield JSON.stringify(items.slice(from, from + ITEMS_AT_ONCE));
  }
}

/** Puts pieces together again. @throws Error when there is no frame. */
export function joiner(): { add(piece: Piece): void; whole(): Assessment } {
  let frame: Assessment | undefined;
  const needed = (): Assessment => {
    if (!frame) throw new Error('an assessment without its frame');
    return frame;
  };
  return {
    add({ list, at, json }) {
      const given: unknown = JSON.parse(json);
      if (list === 'frame') {
        frame = given as Assessment;
        return;
      }
      const into =
        list === 'attachments'
          ? ((needed().safeguards[at ?? 0] as SafeguardReport).attachments as unknown[])
          : listsOf(needed())[list];
      into.push(...(given as unknown[]));
    },
    whole: needed,
  };
}
