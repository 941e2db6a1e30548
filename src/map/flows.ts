import type { ResourceGraph } from '../environment/graph.ts';
import type { PathStep, Risk } from '../model/risk.ts';
import { hostOf } from './hosts.ts';

/** A way that requests or attackers take from one box to the next. */
export interface Flow {
  /** A resource id, or `internet`. */
  readonly from: string;
  readonly to: string;
  /** False when something undecided lies on it. */
  readonly decided: boolean;
}

const MOST_FLOWS = 60;

/** The hops of all attack paths, each once, between resources that have boxes. */
export function flowsOf(graph: ResourceGraph, risks: readonly Risk[]): readonly Flow[] {
  const flows = new Map<string, Flow>();
  for (const path of risks.flatMap(({ scoring }) => scoring.paths)) {
    for (const [from, to] of hops(graph, path.steps)) {
      const key = `${from} ${to}`;
      const decided = path.decided || (flows.get(key)?.decided ?? false);
      if (from !== to) flows.set(key, { from, to, decided });
    }
  }
  return [...flows.values()].slice(0, MOST_FLOWS);
}

function hops(graph: ResourceGraph, steps: readonly PathStep[]): readonly (readonly [string, string])[] {
  const boxes = steps.flatMap(({ resource }) => {
    if (resource === 'internet') return [resource];
    const known = graph.get(resource);
    const host = known && hostOf(graph, known);
    return host && !PASSED_SILENTLY.has(host.type) ? [host.id] : [];
  });
  return boxes.slice(1).map((to, index) => [boxes[index] ?? to, to] as const);
}

/** What a path passes without being a stop of its own on the picture. */
const PASSED_SILENTLY = new Set([
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::InternetGateway',
  'Account::Account',
  'Account::Region',
]);
