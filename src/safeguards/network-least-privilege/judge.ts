import type { ResourceGraph } from '../../environment/graph.ts';
import { databasePort, openings, placementOf } from '../../environment/reachability/index.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, showValue } from '../../model/value.ts';
import { chain, off, on, partial, unsure } from '../presence.ts';
import type { FacetName, Presence } from '../safeguard.ts';
import { type Admission, admissionsOf, admitsPort } from './admission.ts';

export const FACETS = {
  internet: { id: 'internet', name: text('from the internet', 'インターネットから') },
  inside: { id: 'inside', name: text('from inside', '内部から') },
  egress: { id: 'egress', name: text('outgoing', '外向き') },
} as const satisfies Record<string, FacetName>;

/** Ports that a public web front has to open. */
const WEB_PORTS = [80, 443];

/** A security group by itself: nothing but web ports for everybody, no whole network admitted. */
export function groupPresence(graph: ResourceGraph, group: Resource): Presence {
  return judge(admissionsOf(graph, group), 'web', egress(graph, [group]));
}

/** A server is as its security groups are. Direct web ports count as wide where it is no front of its own. */
export function serverPresence(graph: ResourceGraph, server: Resource): Presence {
  return byPlacement(graph, server, 'web');
}

/** A database should admit security groups only, never addresses of everybody or of the whole network. */
export function databasePresence(graph: ResourceGraph, database: Resource): Presence {
  return byPlacement(graph, database, databasePort(graph, database) ?? 'any');
}

type Wanted = 'web' | 'any' | number;

function byPlacement(graph: ResourceGraph, place: Resource, wanted: Wanted): Presence {
  const { groups, openGroups } = placementOf(graph, place);
  if (openGroups.length > 0) {
    return unsure(
      text(
        'a security group is not among what was read',
        '読み取り対象に含まれていないセキュリティグループがあります',
      ),
      openGroups,
    );
  }
  if (groups.length === 0) {
    return unsure(text('its security groups are not known', 'セキュリティグループが分かりません'));
  }
  return judge(
    groups.flatMap(({ resource }) => admissionsOf(graph, resource)),
    wanted,
    egress(
      graph,
      groups.map(({ resource }) => resource),
    ),
  );
}

function judge(admissions: readonly Admission[], wanted: Wanted, outgoing: Presence): Presence {
  const counting =
    typeof wanted === 'number' ? admissions.filter((each) => admitsPort(each, wanted)) : admissions;
  return chain([
    { facet: FACETS.internet, presence: fromInternet(counting, wanted) },
    { facet: FACETS.inside, presence: fromInside(counting, typeof wanted === 'number' || wanted === 'any') },
    { facet: FACETS.egress, presence: outgoing, informative: true },
  ]);
}

/** Told, not counted: EC2 allows everything out unless rules are written, and most servers need the outside. */
function egress(graph: ResourceGraph, groups: readonly Resource[]): Presence {
  const anywhere = openings(graph, groups, 'egress', { kind: 'internet', version: 4 });
  const open = anywhere.find(({ ports }) => ports.from === 0 && ports.to === 65_535);
  if (!open) return on(text('only named ports lead outside', '外向きは指定されたポートだけです'));
  return open.answer.is === 'yes'
    ? off(text('everything may go out', '外向きの通信はすべて許可されています'), open.rule.at)
    : unsure(text('what may go out is not decided', '外向きの許可が未確定です'), [open.rule.at]);
}

function fromInternet(admissions: readonly Admission[], wanted: Wanted): Presence {
  const open = admissions.filter((each) => each.width === 'internet' && !(wanted === 'web' && isWeb(each)));
  const sure = open.find((each) => each.exists.is === 'yes');
  if (sure) return off(everybody(sure), sure.at);
  const unknown = [...open, ...admissions.filter((each) => each.width === 'unknown')];
  if (unknown.length > 0) {
    return unsure(
      text('whom a rule admits is not decided', 'ルールが誰を許可するかが未確定です'),
      unknown.flatMap((each) => (each.exists.is === 'unknown' ? each.exists.undecided : [each.at])),
    );
  }
  return on(
    wanted === 'web'
      ? text(
          'everybody is admitted to web ports at most',
          '誰にでも開いているのは、あってもWebのポートだけです',
        )
      : text('the internet is not admitted', 'インターネットからは許可されていません'),
  );
}

function isWeb({ ports }: Admission): boolean {
  return ports.from === ports.to && WEB_PORTS.includes(ports.from);
}

function everybody({ group, ports }: Admission): Text {
  return text(
    `${group.name} admits everybody on ${portsText(ports).en}`,
    `${group.name}が${portsText(ports).ja}を誰にでも開いています`,
  );
}

function portsText({ from, to }: Admission['ports']): Text {
  if (from === 0 && to === 65_535) return text('every port', 'すべてのポート');
  return from === to
    ? text(`port ${from}`, `ポート${from}`)
    : text(`ports ${from}-${to}`, `ポート${from}〜${to}`);
}

/** Groups are the narrow way; an address range is wider than needed, the whole network much wider. */
function fromInside(admissions: readonly Admission[], strict: boolean): Presence {
  const wide = admissions.find((each) => each.width === 'network');
  if (wide) {
    const because = text(
      `${wide.group.name} admits the whole network (${source(wide)})`,
      `${wide.group.name}がネットワーク全体(${source(wide)})を許可しています`,
    );
    return strict ? off(because, wide.at) : partial(because, wide.at);
  }
  const range = admissions.find((each) => each.width === 'range');
  if (range && strict) {
    return partial(
      text(
        `${range.group.name} admits the addresses ${source(range)} instead of a security group`,
        `${range.group.name}がセキュリティグループではなくアドレス${source(range)}を許可しています`,
      ),
      range.at,
    );
  }
  return on(
    strict
      ? text('only security groups are admitted', '許可しているのはセキュリティグループだけです')
      : text('no whole network is admitted', 'ネットワーク全体は許可していません'),
  );
}

function source({ at }: Admission): string {
  const value = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId']
    .map((name) => get(at, name))
    .find((each) => each.kind !== 'absent');
  return value ? showValue(value) : '?';
}
