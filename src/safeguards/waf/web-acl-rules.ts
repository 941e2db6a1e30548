import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, type Value } from '../../model/value.ts';
import { hasKey, property } from '../values.ts';
import { type Contribution, nameOf } from './contribution.ts';
import { managedGroup } from './managed-groups.ts';
import { ownStatements, rateRule } from './own-rules.ts';
import { ruleStatements, type StatementPart } from './statements.ts';

/** What the rules of a web ACL do for each facet, in the order in which AWS WAF evaluates them. */
export function contributionsOf(graph: ResourceGraph, acl: Resource): readonly Contribution[] {
  const known = graph.memo(readContributions);
  const before = known.get(acl.id);
  if (before) return before;
  const contributions = contributionsOfRules(graph, property(acl, 'Rules'), false, 0);
  known.set(acl.id, contributions);
  return contributions;
}

/** One web ACL often protects many places, so what its rules do is kept. */
function readContributions(_: ResourceGraph): Map<string, readonly Contribution[]> {
  return new Map();
}

/** Rule groups cannot refer to rule groups; the bound only guards against templates that say so. */
const MAX_GROUP_DEPTH = 2;

function contributionsOfRules(
  graph: ResourceGraph,
  rules: Value,
  onlyCounts: boolean,
  depth: number,
): readonly Contribution[] {
  if (rules.kind === 'unknown') return undecidedRules(rules);
  const found: Contribution[] = [];
  let bypass: Value | undefined;
  for (const rule of byPriority(itemsOf(rules))) {
    const own = contributionsOfItem(graph, rule, onlyCounts, depth);
    found.push(...(bypass ? own.map((each) => bypassed(each, bypass ?? rule)) : own));
    if (allowsWhatAttackersChoose(rule)) bypass ??= rule;
  }
  return found;
}

/** A rule below an undecided condition is there perhaps: whatever it does is not decided. */
function contributionsOfItem(
  graph: ResourceGraph,
  rule: Value,
  onlyCounts: boolean,
  depth: number,
): readonly Contribution[] {
  if (rule.kind === 'unknown') return undecidedRules(rule);
  if (rule.kind !== 'oneOf') return contributionsOfRule(graph, rule, onlyCounts, depth);
  return rule.options
    .flatMap((option) => contributionsOfRule(graph, option, onlyCounts, depth))
    .map((each) => ({
      ...each,
      strength: each.strength === 'none' ? 'none' : 'unknown',
      because: text(
        `whether the rule is there hangs on ${rule.condition}`,
        `ルールの有無が条件${rule.condition}にかかっています`,
      ),
      at: rule,
    }));
}

function undecidedRules(rules: Value): readonly Contribution[] {
  const because = text('the rules of the web ACL are not decided', 'Web ACLのルールが未確定です');
  return (['common', 'sqli', 'rate'] as const).map((facet) => ({
    facet,
    strength: 'unknown',
    because,
    at: rules,
  }));
}

function byPriority(rules: readonly Value[]): readonly Value[] {
  const priority = (rule: Value) => numberFrom(get(rule, 'Priority')) ?? Number.POSITIVE_INFINITY;
  return [...rules].sort((a, b) => priority(a) - priority(b));
}

/** An Allow ends the evaluation. One on an IP set lets named addresses through; any other can be met by an attacker. */
export function allowsWhatAttackersChoose(rule: Value): boolean {
  if (hasKey(get(rule, 'Action'), 'Allow').is !== 'yes') return false;
  const parts = ruleStatements(get(rule, 'Statement'));
  const namesAddresses = (each: StatementPart) => each.kind === 'IPSetReferenceStatement' && !each.negated;
  return !parts.every(namesAddresses) && !parts.some((each) => each.required && namesAddresses(each));
}

function bypassed(contribution: Contribution, allow: Value): Contribution {
  if (contribution.strength === 'none' || contribution.strength === 'unknown') return contribution;
  const name = nameOf(allow);
  return {
    ...contribution,
    strength: 'partial',
    early: contribution.strength === 'full',
    because: text(
      `rule ${name} allows requests before they are inspected`,
      `ルール${name}が検査より先にリクエストを許可します`,
    ),
    at: allow,
  };
}

function contributionsOfRule(
  graph: ResourceGraph,
  rule: Value,
  onlyCounts: boolean,
  depth: number,
): readonly Contribution[] {
  const statement = get(rule, 'Statement');
  const managed = get(statement, 'ManagedRuleGroupStatement');
  if (managed.kind === 'map') return managedGroup(rule, managed, onlyCounts);
  const group = get(statement, 'RuleGroupReferenceStatement');
  if (group.kind === 'map') return referredGroup(graph, rule, group, onlyCounts, depth);
  const rate = get(statement, 'RateBasedStatement');
  if (rate.kind === 'map') return [rateRule(rule, rate, onlyCounts)];
  return ownStatements(rule, statement, onlyCounts);
}

function referredGroup(
  graph: ResourceGraph,
  rule: Value,
  statement: Value,
  onlyCounts: boolean,
  depth: number,
): readonly Contribution[] {
  const group = graph.target(get(statement, 'Arn'));
  if (group?.type !== 'AWS::WAFv2::RuleGroup' || depth >= MAX_GROUP_DEPTH) {
    return undecidedRules(get(statement, 'Arn'));
  }
  const counted = onlyCounts || hasKey(get(rule, 'OverrideAction'), 'Count').is === 'yes';
  return contributionsOfRules(graph, property(group, 'Rules'), counted, depth + 1);
}
