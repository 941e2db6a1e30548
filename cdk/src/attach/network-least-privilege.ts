import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { type CfnResource, type IResolveContext, Lazy } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, itemsOf, type Json, numberOf, read } from '../place.ts';

/** Types at which `NetworkLeastPrivilegeSafeguard` attaches. */
export const NETWORK_PLACES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'] as const;

/** Ports that a public web front has to open; everything else is closed to everybody. */
const WEB_PORTS = [80, 443];

export interface NetworkLeastPrivilegeSafeguardProps {
  /** A security group, or an incoming rule that stands by itself. */
  readonly place: IConstruct;
  /** Ports beside 80 and 443 that everybody may reach, because that is what the application is for. */
  readonly publicPorts?: readonly number[];
}

/**
 * Closes what a security group opens to everybody beside web ports: SSH, RDP, databases, everything.
 *
 * - Stops: password guessing and exploits against ports that only the team or the application needs.
 * - Attaches to: security groups and their incoming rules.
 * - Costs: nothing.
 * - Limits: whoever used SSH from outside needs Session Manager from now on (`PatchManagerSafeguard` gives servers the
 *   role for it). Address ranges of the network itself are left: only you know which group should stand there.
 */
export class NetworkLeastPrivilegeSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: NetworkLeastPrivilegeSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    const open = [...WEB_PORTS, ...(props.publicPorts ?? [])];
    this.done =
      place.cfnResourceType === 'AWS::EC2::SecurityGroup' ? closeGroup(place, open) : closeRule(place, open);
  }
}

function closeGroup(group: CfnResource, open: readonly number[]): Done {
  const rules = itemsOf(read(group, 'SecurityGroupIngress'));
  const wide = rules.filter((rule) => isTooWide(rule, open));
  if (wide.length === 0) return closedToEverybody(rules);
  if (!(group instanceof CfnSecurityGroup))
    return notAttached('not a CfnSecurityGroup; include it with CfnInclude');
  const before = group.securityGroupIngress;
  // The rules may still be tokens: they are read when the template is written, with their references intact.
  group.securityGroupIngress = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const written: unknown = context.resolve(before);
      return (Array.isArray(written) ? written : []).filter(
        (rule) => !isTooWide(capitalised(rule as Json), open),
      );
    },
  });
  return attached(`closed to everybody: ${wide.map(portsOf).join(', ')}`);
}

/** Ranges inside the network are told: which group should stand there instead, only the author knows. */
function closedToEverybody(rules: readonly Json[]): Done {
  const ranges = rules
    .map((rule) => at(rule, 'CidrIp'))
    .filter((cidr) => typeof cidr === 'string' && isWide(cidr));
  return ranges.length === 0
    ? alreadyOn('everybody is admitted to web ports at most')
    : notAttached(
        `it admits ${ranges.join(', ')}, a whole network: name the security group that needs it instead`,
      );
}

function isWide(cidr: Json): boolean {
  const bits = Number(String(cidr).split('/')[1]);
  return cidr !== '0.0.0.0/0' && bits <= 20;
}

/** Rules that are held by a construct have names in camelCase, those of an included template in PascalCase. */
function capitalised(rule: Json): Json {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );
}

function closeRule(rule: CfnResource, open: readonly number[]): Done {
  const written = read(rule);
  if (!isTooWide(written, open)) return alreadyOn('it admits a group, a range, or everybody to a web port');
  rule.node.scope?.node.tryRemoveChild(rule.node.id);
  return attached(`closed to everybody: ${portsOf(written)}`);
}

function isTooWide(rule: Json, open: readonly number[]): boolean {
  const everybody = at(rule, 'CidrIp') === '0.0.0.0/0' || at(rule, 'CidrIpv6') === '::/0';
  if (!everybody) return false;
  const protocol = String(at(rule, 'IpProtocol') ?? '');
  if (protocol === 'icmp' || protocol === 'icmpv6') return false;
  const [from, to] = [numberOf(at(rule, 'FromPort')), numberOf(at(rule, 'ToPort'))];
  const oneOpenPort = from !== undefined && from === to && open.includes(from);
  return protocol === '-1' || !oneOpenPort;
}

function portsOf(rule: Json): string {
  const [from, to] = [at(rule, 'FromPort'), at(rule, 'ToPort')];
  if (from === undefined) return 'every port';
  return from === to ? `port ${String(from)}` : `ports ${String(from)}-${String(to)}`;
}
