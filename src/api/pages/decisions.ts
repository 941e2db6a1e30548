import type { Text } from '../../kernel/texts.ts';
import { verbatim } from '../../kernel/texts.ts';
import type { Answer, DecisionRow } from '../contract.ts';
import type { Judge } from '../environment/decided.ts';
import type { View } from '../environment/view.ts';
import { shownEntry } from './history.ts';
import { cutPage, type ListDefinition, type ListQuery, type PreparedList, preparedList } from './list.ts';
import { riskNamed } from './risk-rows.ts';

const DECISIONS: ListDefinition<DecisionRow> = {
  fields: {
    kind: ({ kind }) => kind,
    risk: ({ risk }) => risk,
    by: ({ by }) => by,
    assurance: ({ assurance }) => assurance,
  },
  sorts: {
    at: ({ at }) => at,
    kind: ({ kind }) => kind,
    by: ({ by }) => by,
    title: ({ title }) => title.en,
  },
  words: ({ risk, title, by, reason, says, hash }) =>
    [risk, title.en, title.ja, by, reason, says.en, says.ja, hash].join(' '),
};

/** Entries of all histories of the environment, the newest first. */
export async function decisionsPage(
  view: View,
  query: ListQuery,
  judge: Judge,
): Promise<Answer<'GET /api/decisions'>> {
  const list = await listFor(view, judge);
  return { ...cutPage(list.matching(query), query), revision: view.revision };
}

const lists = new WeakMap<View, Promise<PreparedList<DecisionRow>>>();

function listFor(view: View, judge: Judge): Promise<PreparedList<DecisionRow>> {
  const known = lists.get(view);
  if (known) return known;
  const making = rowsOf(view, judge).then((rows) => preparedList(rows, DECISIONS));
  lists.set(view, making);
  return making;
}

async function rowsOf(view: View, judge: Judge): Promise<readonly DecisionRow[]> {
  const own = [...view.histories.values()].filter(([first]) => first?.environment === view.environment);
  const rows = await Promise.all(
    own.flat().map(async (entry) => ({
      ...(await shownEntry(view, entry, judge)),
      risk: entry.risk,
      title: titleOf(view, entry.risk),
      gone: riskNamed(view, entry.risk)?.gone ?? true,
    })),
  );
  return rows.sort((one, other) =>
    one.at < other.at ? 1 : one.at > other.at ? -1 : other.sequence - one.sequence,
  );
}

/** The title of a risk, or its id where no history shows one. */
export function titleOf(view: View, risk: string): Text {
  return riskNamed(view, risk)?.risk.title ?? verbatim(risk);
}
