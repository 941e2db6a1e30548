import { type Text, text, verbatim } from '../kernel/texts.ts';
import { get, stringFrom } from '../model/value.ts';
import { badgesOf } from './badges.ts';
import { type Block, column, EMPTY, grid, inset, row } from './box.ts';
import { CARD_WIDTH, type CardContext, card, cards } from './cards.ts';
import { type FrameText, frame } from './frame.ts';
import type { PlacedBand, PlacedSubnet, PlacedVpc, Tier } from './placement.ts';
import { kindOf } from './roles.ts';

const GAP = 14;
/** Between rows, so that lines find room. */
const ROW_GAP = 22;
/** Between zones, as a lane for lines. */
const ZONE_GAP = 22;
const SUBNET_WIDTH = CARD_WIDTH + 24;
const RESIDENTS_LIMIT = 3;
const SUBNETS_LIMIT = 4;
const NETWORK_LIMIT = 4;

const TIERS: readonly Tier[] = ['public', 'undecided', 'private'];

const TIER_TEXTS: Readonly<Record<Tier, Text>> = {
  public: text('Public subnet', 'パブリックサブネット'),
  private: text('Private subnet', 'プライベートサブネット'),
  undecided: text('Subnet (route undecided)', 'サブネット(経路は未確定)'),
};

/** A VPC: its gateways, the tiers from public to private with the zones as columns, and its rules beside them. */
export function vpcBlock(placed: PlacedVpc, context: CardContext): Block {
  const key = placed.vpc?.id ?? 'vpc:default';
  const columns = Math.max(1, placed.zones.length);
  const across = Math.max(2, columns);
  const standing = [
    grid(cards(placed.gateways, context, `${key}:gateways`, 3), across, GAP),
    grid(cards(placed.loose, context, `${key}:loose`, 3), across, GAP),
    zonesBlock(placed, key, context),
  ];
  return frame(
    {
      key,
      kind: 'vpc',
      language: context.language,
      resources: placed.vpc ? [placed.vpc.id] : [],
      texts: vpcTexts(placed),
      badges: badgesOf(context.attachments.get(key) ?? []),
      width: SUBNET_WIDTH,
    },
    row([column(standing, ROW_GAP), networkBlock(placed, key, context)], ZONE_GAP),
  );
}

function vpcTexts({ vpc }: PlacedVpc): readonly FrameText[] {
  if (!vpc) {
    return [{ text: text('A VPC that is not declared here', 'ここでは宣言されていないVPC'), style: 'title' }];
  }
  const range = stringFrom(get(vpc.properties, 'CidrBlock'));
  return [
    { text: kindOf(vpc.type), style: 'kind' },
    { text: vpc.name, style: 'title' },
    ...(range ? [{ text: range, style: 'note' as const }] : []),
  ];
}

function zonesBlock(placed: PlacedVpc, key: string, context: CardContext): Block {
  if (placed.subnets.length === 0) return EMPTY;
  const tiers = TIERS.flatMap((tier) => tierBlocks(placed, tier, key, context));
  return column([zoneHeads(placed, key, context), ...tiers], ROW_GAP);
}

function zoneHeads(placed: PlacedVpc, key: string, context: CardContext): Block {
  const heads = placed.zones.map((zone, index) =>
    frame({
      key: `zone:${key}:${index}`,
      kind: 'zone',
      language: context.language,
      texts: [{ text: zoneTitle(zone), style: 'kind' }],
      width: SUBNET_WIDTH,
    }),
  );
  return row(heads, ZONE_GAP);
}

function zoneTitle(zone: string): Text {
  if (zone === '') return text('Zone chosen by AWS', 'AWSが選ぶゾーン');
  const index = /^#(\d+)$/.exec(zone)?.[1];
  if (index === undefined) return text(`Zone ${zone}`, `ゾーン ${zone}`);
  const number = Number(index) + 1;
  return text(`Availability zone ${number}`, `アベイラビリティーゾーン${number}`);
}

function tierBlocks(placed: PlacedVpc, tier: Tier, key: string, context: CardContext): readonly Block[] {
  const subnets = placed.subnets.filter((subnet) => subnet.tier === tier);
  const bands = placed.bands.filter((band) => band.tier === tier);
  const cells = placed.zones.map((_, zone) =>
    cellBlock(
      subnets.filter((subnet) => subnet.zone === zone),
      `${key}:${tier}:${zone}`,
      context,
    ),
  );
  return [...bandBlocks(bands, key, tier, context), zoneRow(cells)];
}

function widthOfZones(zones: number): number {
  return zones * SUBNET_WIDTH + (zones - 1) * ZONE_GAP;
}

/** Cells in their columns; an empty one keeps its room. */
function zoneRow(cells: readonly Block[]): Block {
  if (cells.every((cell) => cell.height === 0)) return EMPTY;
  const width = SUBNET_WIDTH;
  return {
    width: widthOfZones(cells.length),
    height: Math.max(...cells.map((cell) => cell.height)),
    at: (x, y) => cells.flatMap((cell, zone) => cell.at(x + zone * (width + ZONE_GAP), y)),
  };
}

const BANDS_LIMIT = 6;

function bandBlocks(
  bands: readonly PlacedBand[],
  key: string,
  tier: Tier,
  context: CardContext,
): readonly Block[] {
  const counts = Map.groupBy(bands, ({ resource }) => resource.type);
  const single = bands.filter(({ resource }) => (counts.get(resource.type)?.length ?? 0) <= BANDS_LIMIT);
  const many = bands.filter((band) => !single.includes(band)).map(({ resource }) => resource);
  const heaps = cards(many, context, `${key}:${tier}:bands`, BANDS_LIMIT);
  return [...single.map((band) => bandBlock(band, context)), ...heaps];
}

function bandBlock({ resource, zones }: PlacedBand, context: CardContext): Block {
  const first = zones[0] ?? 0;
  const count = (zones.at(-1) ?? first) - first + 1;
  return inset(card(resource, context, widthOfZones(count)), first * (SUBNET_WIDTH + ZONE_GAP), 0);
}

function cellBlock(subnets: readonly PlacedSubnet[], group: string, context: CardContext): Block {
  const shown = subnets.length > SUBNETS_LIMIT ? subnets.slice(0, SUBNETS_LIMIT - 1) : subnets;
  const rest = subnets.slice(shown.length);
  const blocks = shown.map((subnet) => subnetBlock(subnet, context));
  if (rest.length > 0) blocks.push(restBlock(rest, group, context));
  return column(blocks, GAP);
}

function subnetBlock(placed: PlacedSubnet, context: CardContext): Block {
  const { subnet, tier } = placed;
  const range = stringFrom(get(subnet.properties, 'CidrBlock'));
  const ghosts = ghostBlocks(placed, context);
  const residents = cards(placed.residents, context, subnet.id, RESIDENTS_LIMIT);
  return frame(
    {
      key: subnet.id,
      kind: 'subnet',
      language: context.language,
      resources: [subnet.id],
      texts: [
        { text: TIER_TEXTS[tier], style: 'kind' },
        { text: subnet.name, style: 'title' },
        ...(range ? [{ text: range, style: 'note' as const }] : []),
      ],
      badges: badgesOf(context.attachments.get(subnet.id) ?? []),
      width: SUBNET_WIDTH,
      tone: tier,
    },
    column([...residents, ...ghosts], GAP),
  );
}

const GHOSTS_LIMIT = 4;

/** Where the bands land: a dashed box with the name in each subnet that they may use. */
function ghostBlocks(placed: PlacedSubnet, context: CardContext): readonly Block[] {
  const names = placed.ghosts.map(({ name }) => name);
  const shown = names.length > GHOSTS_LIMIT ? names.slice(0, GHOSTS_LIMIT - 1) : names;
  const rest = names.length - shown.length;
  const texts = shown.map((name) => text(`↑ ${name} is here too`, `↑ ${name}もここに置かれる`));
  if (rest > 0) texts.push(text(`↑ ${rest} more are here too`, `↑ ほか${rest}個もここに置かれる`));
  return texts.map((each, index) =>
    frame({
      key: `ghost:${placed.subnet.id}:${index}`,
      kind: 'ghost',
      language: context.language,
      texts: [{ text: each, style: 'note' }],
      width: CARD_WIDTH,
    }),
  );
}

function restBlock(rest: readonly PlacedSubnet[], group: string, context: CardContext): Block {
  const residents = rest.flatMap((placed) => placed.residents);
  return frame(
    {
      key: `subnets:${group}`,
      kind: 'subnet',
      language: context.language,
      resources: rest.map(({ subnet }) => subnet.id),
      texts: [
        { text: text(`${rest.length} more subnets`, `ほか${rest.length}個のサブネット`), style: 'title' },
        { text: verbatim(rest.map(({ subnet }) => subnet.name).join(', ')), style: 'note' },
      ],
      badges: badgesOf(rest.flatMap(({ subnet }) => context.attachments.get(subnet.id) ?? [])),
      width: SUBNET_WIDTH,
      ...(rest[0] ? { tone: rest[0].tier } : {}),
    },
    column(cards(residents, context, `rest:${group}`, 1), GAP),
  );
}

/** The rules stand beside the zones, so that the picture does not grow too high for a page. */
function networkBlock(placed: PlacedVpc, key: string, context: CardContext): Block {
  if (placed.network.length === 0) return EMPTY;
  return frame(
    {
      key: `network:${key}`,
      kind: 'group',
      language: context.language,
      texts: [{ text: text('Network rules of this VPC', 'このVPCの通信ルール'), style: 'kind' }],
      width: SUBNET_WIDTH,
    },
    column(cards(placed.network, context, `${key}:network`, NETWORK_LIMIT), GAP),
  );
}
