import type { ResourceGraph } from '../environment/graph.ts';
import { isOffAws } from '../environment/self-hosted/topology.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import { ACCOUNT_ID, isRegionId, REGION_ID } from '../model/resource.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { attachmentsByBox, badgesOf } from './badges.ts';
import { type Block, column, EMPTY, grid, inset, type MapBox, row } from './box.ts';
import { CARD_WIDTH, type CardContext, cards } from './cards.ts';
import { frame } from './frame.ts';
import { type EnvironmentPlacement, type OffMap, type PlacedVpc, placeEnvironment } from './placement.ts';
import { vpcBlock } from './vpc-block.ts';

/** The whole picture: boxes with absolute positions, and what has no box of its own. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** The internet first, then the account with everything in it. */
  readonly boxes: readonly MapBox[];
  readonly offMap: readonly OffMap[];
}

const MARGIN = 12;
const GAP = 16;
const FLOW_GAP = 28;
const VPC_LIMIT = 6;
const REGIONAL_LIMIT = 4;
const ACCOUNT_LIMIT = 3;

/**
 * Lays the environment out: the internet at the top, below it the account with its region, the VPCs and
 * beside them the services of the region. Deterministic; nothing overlaps (see `checkGeometry`).
 */
export function layoutMap(
  graph: ResourceGraph,
  safeguards: readonly SafeguardReport[],
  language: Language,
): MapLayout {
  const placement = placeEnvironment(graph);
  const context: CardContext = {
    language,
    attachments: attachmentsByBox(graph, safeguards),
    offAws: isOffAws(graph),
  };
  const account = accountBlock(placement, context);
  const internet = frame({
    key: 'internet',
    kind: 'internet',
    language,
    texts: [
      { text: text('Internet: users and attackers', 'インターネット: 利用者と攻撃者'), style: 'title' },
    ],
    width: Math.min(account.width, 320),
  });
  const all = column([centred(internet, account.width), account], FLOW_GAP);
  return {
    width: all.width + 2 * MARGIN,
    height: all.height + 2 * MARGIN,
    boxes: all.at(MARGIN, MARGIN),
    offMap: placement.offMap,
  };
}

function centred(block: Block, width: number): Block {
  return inset(block, Math.max(0, (width - block.width) / 2), 0);
}

function accountBlock(placement: EnvironmentPlacement, context: CardContext): Block {
  const region = regionBlock(placement, context);
  const columns = columnsFor(region.width);
  const edge = strip(
    'edge',
    text('At the entrance', '入口のサービス'),
    cards(placement.edge, context, 'edge', ACCOUNT_LIMIT),
    columns,
    region.width,
    context,
  );
  const identity = strip(
    'identity',
    text('Of the whole account: identities and watching services', 'アカウント全体: 権限と監視のサービス'),
    cards(placement.account, context, 'account', ACCOUNT_LIMIT),
    columns,
    region.width,
    context,
  );
  return frame(
    {
      key: ACCOUNT_ID,
      kind: 'account',
      language: context.language,
      texts: [{ text: context.offAws ? OFF_AWS : text('AWS account', 'AWSアカウント'), style: 'title' }],
      badges: badgesOf(context.attachments.get(ACCOUNT_ID) ?? []),
      width: CARD_WIDTH * 2,
    },
    column([edge, region, identity], FLOW_GAP),
  );
}

/** The same frames where nothing of AWS was read. */
const OFF_AWS = text('Environment', '環境');
const MACHINES = text('Machines', 'マシン');
const SERVICES = text('Services, web servers and hosts', 'サービス・Webサーバ・ホスト');

function columnsFor(width: number): number {
  return Math.max(2, Math.floor((width - 24 + GAP) / (CARD_WIDTH + GAP)));
}

function strip(
  key: string,
  title: Text,
  blocks: readonly Block[],
  columns: number,
  width: number,
  context: CardContext,
): Block {
  if (blocks.length === 0) return EMPTY;
  return frame(
    {
      key: `strip:${key}`,
      kind: 'group',
      language: context.language,
      texts: [{ text: title, style: 'kind' }],
      width,
    },
    grid(blocks, columns, GAP),
  );
}

function regionBlock(placement: EnvironmentPlacement, context: CardContext): Block {
  const vpcs = column(vpcBlocks(placement.vpcs, context), GAP);
  const regional = cards(placement.regional, context, 'regional', REGIONAL_LIMIT);
  const columns = vpcs.height === 0 ? 4 : Math.max(1, Math.ceil(regional.length / 8));
  const services = strip(
    'regional',
    context.offAws ? SERVICES : text('Services of the region', 'リージョンのサービス'),
    regional,
    columns,
    CARD_WIDTH,
    context,
  );
  const content = row([vpcs, services], GAP);
  const region = [...context.attachments].flatMap(([id, each]) => (isRegionId(id) ? each : []));
  if (content.height === 0 && region.length === 0) return EMPTY;
  return frame(
    {
      key: REGION_ID,
      kind: 'region',
      language: context.language,
      texts: [{ text: context.offAws ? MACHINES : text('Region', 'リージョン'), style: 'title' }],
      badges: badgesOf(region),
      width: CARD_WIDTH,
    },
    content,
  );
}

function vpcBlocks(vpcs: readonly PlacedVpc[], context: CardContext): readonly Block[] {
  const shown = vpcs.length > VPC_LIMIT ? vpcs.slice(0, VPC_LIMIT - 1) : vpcs;
  const rest = vpcs.slice(shown.length);
  const blocks = shown.map((vpc) => vpcBlock(vpc, context));
  return rest.length > 0 ? [...blocks, restOfVpcs(rest, context)] : blocks;
}

/** The VPCs beyond the limit as one box: what lies in them as heaps. */
function restOfVpcs(vpcs: readonly PlacedVpc[], context: CardContext): Block {
  const title = text(`${vpcs.length} more VPCs`, `ほか${vpcs.length}個のVPC`);
  return frame(
    {
      key: 'vpcs:rest',
      kind: 'group',
      language: context.language,
      texts: [{ text: title, style: 'title' }],
      width: CARD_WIDTH,
    },
    grid(cards(vpcs.flatMap(contentsOf), context, 'vpcs:rest', 1), 2, GAP),
  );
}

function contentsOf(placed: PlacedVpc): readonly Resource[] {
  return [
    ...(placed.vpc ? [placed.vpc] : []),
    ...placed.gateways,
    ...placed.network,
    ...placed.subnets.flatMap(({ subnet, residents }) => [subnet, ...residents]),
    ...placed.bands.map(({ resource }) => resource),
    ...placed.loose,
  ];
}
