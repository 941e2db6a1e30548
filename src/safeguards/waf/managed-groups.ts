import { text } from '../../kernel/texts.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { hasKey } from '../values.ts';
import {
  type Contribution,
  type Judgement,
  STOPPING,
  scopedDown,
  undecidedJudgement,
  type WafFacet,
} from './contribution.ts';

/**
 * The rules of the managed groups that decide whether an attack is stopped. Rules about size and user
 * agents are often set to Count to let honest traffic through and decide nothing about exploits (AWS WAF
 * developer guide, "Baseline rule groups" and "Use-case specific rule groups").
 */
const DECIDING_RULES: Readonly<Record<string, RegExp>> = {
  AWSManagedRulesCommonRuleSet:
    /^(EC2MetaDataSSRF|GenericLFI|GenericRFI|CrossSiteScripting|RestrictedExtensions)_/,
  AWSManagedRulesSQLiRuleSet: /^SQLi/,
  AWSManagedRulesAntiDDoSRuleSet: /DDoS|DuringEvent/,
};

const GROUP_FACETS: Readonly<Record<string, WafFacet>> = {
  AWSManagedRulesCommonRuleSet: 'common',
  AWSManagedRulesSQLiRuleSet: 'sqli',
  AWSManagedRulesAntiDDoSRuleSet: 'rate',
};

/** What a rule with a managed rule group does. */
export function managedGroup(rule: Value, managed: Value, onlyCounts: boolean): readonly Contribution[] {
  const vendor = stringFrom(get(managed, 'VendorName'));
  const name = stringFrom(get(managed, 'Name')) ?? '';
  if (vendor !== 'AWS') return foreignGroup(managed, `${vendor ?? '?'} ${name}`);
  const facet = GROUP_FACETS[name];
  if (!facet) return [];
  const judged = judgedGroup(rule, managed, name, onlyCounts);
  return [{ facet, ...judged }];
}

function foreignGroup(managed: Value, shown: string): readonly Contribution[] {
  const because = text(
    `what the rule group ${shown} inspects is not known here`,
    `ルールグループ${shown}の検査内容はここでは分かりません`,
  );
  return (['common', 'sqli'] as const).map((facet) => ({ facet, strength: 'unknown', because, at: managed }));
}

function judgedGroup(rule: Value, managed: Value, name: string, onlyCounts: boolean): Judgement {
  const counted = hasKey(get(rule, 'OverrideAction'), 'Count');
  if (onlyCounts || counted.is === 'yes') {
    return {
      strength: 'none',
      because: text(`${name} only counts`, `${name}はカウントのみです`),
      at: get(rule, 'OverrideAction'),
    };
  }
  if (counted.is === 'unknown') return undecidedJudgement(name, get(rule, 'OverrideAction'));
  const overridden = overriddenRules(managed, DECIDING_RULES[name] ?? /^/);
  if (overridden.length > 0) {
    return {
      strength: 'partial',
      because: text(
        `${name} does not block by ${overridden.join(', ')}`,
        `${name}の${overridden.join('、')}はブロックしません`,
      ),
      at: managed,
    };
  }
  const scope = get(managed, 'ScopeDownStatement');
  if (scope.kind !== 'absent') return scopedDown(name, scope);
  return {
    strength: 'full',
    because: text(`${name} blocks`, `${name}がブロックします`),
    at: managed,
  };
}

/** Names of deciding rules that are overridden to something that does not stop a request. */
function overriddenRules(managed: Value, deciding: RegExp): readonly string[] {
  const excluded = itemsOf(get(managed, 'ExcludedRules')).map((each) => get(each, 'Name'));
  const overridden = itemsOf(get(managed, 'RuleActionOverrides'))
    .filter((each) => hasKey(get(each, 'ActionToUse'), ...STOPPING).is !== 'yes')
    .map((each) => get(each, 'Name'));
  return [...excluded, ...overridden].flatMap((name) => {
    const known = stringFrom(name);
    return known !== undefined && deciding.test(known) ? [known] : [];
  });
}
