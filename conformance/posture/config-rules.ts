import type { Control } from '../../src/controls/control.ts';
import { CONTROLS } from '../../src/controls/registry.generated.ts';
import { type ConfigRuleCase, readConfigRuleCases } from './corpus.ts';
import { graphOfTemplate } from './snippet.ts';
import type { Comparison } from './tally.ts';
import { judge } from './verdict.ts';

export interface ConfigRuleRun {
  /** Cases that expect PASS or FAIL. */
  readonly compared: readonly Comparison[];
  /** Cases in which the rule finds nothing to judge. */
  readonly skipped: readonly Comparison[];
  readonly rules: ReadonlySet<string>;
  readonly unmapped: ReadonlySet<string>;
}

/**
 * Runs the cases of every rule that a control names. Suppressions in the `Metadata` of a resource are not
 * obeyed: only decisions silence. The template is all there is, as for the corpus' own tool.
 */
export function runConfigRules(
  corpora: string,
  otherNames: Readonly<Record<string, readonly string[]>>,
): ConfigRuleRun {
  const compared: Comparison[] = [];
  const skipped: Comparison[] = [];
  const rules = new Set<string>();
  const unmapped = new Set<string>();
  for (const example of readConfigRuleCases(corpora)) {
    for (const [rule, expected] of Object.entries(example.expect)) {
      const controls = controlsOf(rule, otherNames);
      if (controls.length === 0) {
        unmapped.add(rule);
        continue;
      }
      rules.add(rule);
      const verdict = judgeCase(example, controls);
      const comparison = {
        key: `${rule} ${example.id}`,
        expected,
        actual: verdict.status,
        because: verdict.because,
      };
      (expected === 'SKIP' ? skipped : compared).push(comparison);
    }
  }
  return { compared, skipped, rules, unmapped };
}

/** The controls that check a rule: those that name it, or those that the table of other names gives. */
function controlsOf(
  rule: string,
  otherNames: Readonly<Record<string, readonly string[]>>,
): readonly Control[] {
  const listed = otherNames[rule];
  if (listed) return CONTROLS.filter((control) => listed.includes(control.id));
  const name = rule.toLowerCase().replaceAll('_', '-');
  return CONTROLS.filter((control) => control.configRule === name);
}

function judgeCase(example: ConfigRuleCase, controls: readonly Control[]) {
  const resources =
    example.template && 'Resources' in example.template ? example.template.Resources : undefined;
  if (!resources) return { status: 'SKIP', because: ['the template has no resources'] } as const;
  try {
    return judge(graphOfTemplate(example.template ?? {}), controls);
  } catch (error) {
    return { status: 'ERROR', because: [error instanceof Error ? error.message : String(error)] } as const;
  }
}
