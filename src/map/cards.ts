import { type Language, type Text, text, verbatim } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import { badgesOf, GATE_SAFEGUARDS, GATED_TYPES, type PlacedAttachment } from './badges.ts';
import { type Block, column } from './box.ts';
import { frame } from './frame.ts';
import { kindOf } from './roles.ts';

/** What the cards of one map share. */
export interface CardContext {
  readonly language: Language;
  readonly attachments: ReadonlyMap<string, readonly PlacedAttachment[]>;
  /** Nothing of AWS was read: the frames are machines, not an account. */
  readonly offAws?: boolean;
}

export const CARD_WIDTH = 240;
const GATE_GAP = 14;

/** A resource with its safeguards; before an entrance stands a gate with those that guard the way in. */
export function card(resource: Resource, context: CardContext, width: number = CARD_WIDTH): Block {
  const attachments = context.attachments.get(resource.id) ?? [];
  const gated = GATED_TYPES.has(resource.type);
  const own = gated ? attachments.filter(({ report }) => !GATE_SAFEGUARDS.has(report.id)) : attachments;
  const gate = gated ? attachments.filter(({ report }) => GATE_SAFEGUARDS.has(report.id)) : [];
  const box = frame({
    key: resource.id,
    kind: 'resource',
    language: context.language,
    resources: [resource.id],
    texts: [
      { text: kindText(resource), style: 'kind' },
      { text: resource.name, style: 'title' },
    ],
    badges: badgesOf(own),
    width,
    hint: `${resource.name} (${resource.type})`,
  });
  if (gate.length === 0) return box;
  const door = frame({
    key: gateKey(resource.id),
    kind: 'gate',
    language: context.language,
    texts: [{ text: text('On the way in', '入口での対策'), style: 'kind' }],
    badges: badgesOf(gate),
    width,
  });
  return column([door, box], GATE_GAP);
}

/** The key of the gate before a resource. */
export function gateKey(resource: string): string {
  return `gate:${resource}`;
}

function kindText(resource: Resource): Text {
  const kind = kindOf(resource.type);
  if (resource.exists.is === 'yes') return kind;
  return text(`${kind.en} (perhaps)`, `${kind.ja}(条件による)`);
}

/** Many resources of one type as one box with their number, and their safeguards counted. */
function heap(resources: readonly Resource[], context: CardContext, key: string): Block {
  const [first] = resources;
  if (!first) throw new Error('a heap needs a resource');
  const kind = kindOf(first.type);
  const names = resources.map(({ name }) => name).join(', ');
  return frame({
    key,
    kind: 'resource',
    language: context.language,
    resources: resources.map(({ id }) => id),
    texts: [
      { text: kind, style: 'kind' },
      { text: text(`× ${resources.length}`, `× ${resources.length}`), style: 'title' },
      { text: verbatim(names), style: 'note', maximumLines: 2 },
    ],
    badges: badgesOf(resources.flatMap(({ id }) => context.attachments.get(id) ?? [])),
    width: CARD_WIDTH,
    hint: kind[context.language],
  });
}

/**
 * The cards of a group of resources. A type with more members than the limit becomes one heap, so that a
 * large environment stays readable.
 */
export function cards(
  resources: readonly Resource[],
  context: CardContext,
  group: string,
  limit: number,
): readonly Block[] {
  return [...Map.groupBy(resources, ({ type }) => type)].flatMap(([type, members]) =>
    members.length > limit
      ? [heap(members, context, `heap:${group}:${type}`)]
      : members.map((resource) => card(resource, context)),
  );
}
