import { reasonNotMet } from '../../fix/plan/not-met.ts';
import { priceList, priceOf } from '../../fix/prices/prices.ts';
import type { Edit } from '../../model/remedy.ts';
import type { FixReport } from './report.ts';

/** The answer of `fix` for machines (`docs/schemas/fix.schema.json`). */
export function renderFixJson(report: FixReport): string {
  const { date, region, currency } = priceList();
  const {
    environment,
    changes,
    files,
    dollars,
    bands,
    notes,
    newFailing,
    failingOnAdded,
    remaining,
    raised,
  } = report;
  const document = {
    schema: 'honmaru.fix/1',
    environment,
    prices: { date, region, currency },
    dollars,
    bands,
    notes,
    changes: changes.map(({ edits, ...change }) => ({
      ...change,
      edits: edits.map(briefEdit),
      price: priceOf(change.safeguard) ?? null,
    })),
    files: files.map(({ path, isNew, hunks }) => ({
      path,
      isNew,
      hunks: hunks.map(({ header, lines, by }) => ({ header, lines, by })),
    })),
    newFailing: newFailing.map(brief),
    failingOnAdded: failingOnAdded.map((finding) => ({
      ...brief(finding),
      reason: reasonNotMet(finding.control) ?? null,
    })),
    remaining,
    raised,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What an edit touches, without the values. */
function briefEdit(edit: Edit) {
  switch (edit.kind) {
    case 'add-resource':
      return { kind: edit.kind, logicalId: edit.logicalId, type: edit.type };
    case 'set-attribute':
      return { kind: edit.kind, resource: edit.resource, path: [edit.attribute] };
    case 'command':
      return { kind: edit.kind };
    default:
      return { kind: edit.kind, resource: edit.resource, path: edit.path };
  }
}

function brief({ control, resource, because }: FixReport['newFailing'][number]) {
  return { control, resource, because };
}
