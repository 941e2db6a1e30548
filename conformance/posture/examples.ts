import { CONTROLS } from '../../src/controls/registry.generated.ts';
import type { ResourceGraph } from '../../src/environment/graph.ts';
import { type IacExample, readIacExamples } from './corpus.ts';
import { graphOfConfiguration, graphOfTemplate } from './snippet.ts';
import type { Comparison } from './tally.ts';
import { judge } from './verdict.ts';

export interface ExampleRun {
  readonly compared: readonly Comparison[];
  readonly checks: ReadonlySet<string>;
}

/**
 * Runs the good and bad examples of every check that the table maps to controls. A good example is one that
 * the check raises nothing about, so that one to which our controls do not apply agrees too.
 */
export async function runExamples(
  corpora: string,
  input: IacExample['input'],
  table: Readonly<Record<string, readonly string[]>>,
): Promise<ExampleRun> {
  const compared: Comparison[] = [];
  const checks = new Set<string>();
  for (const example of readIacExamples(corpora)) {
    const controls = CONTROLS.filter((control) => table[example.check.id]?.includes(control.id));
    if (example.input !== input || controls.length === 0) continue;
    checks.add(example.check.id);
    const verdict = await judgeExample(example, async () => judge(await graphOf(example), controls));
    const actual = verdict.status === 'NOT_APPLICABLE' ? 'PASS' : verdict.status;
    compared.push({
      key: `${example.check.id} ${example.id}`,
      expected: example.expect,
      actual,
      because: verdict.because,
    });
  }
  return { compared, checks };
}

function graphOf(example: IacExample): ResourceGraph | Promise<ResourceGraph> {
  return example.input === 'terraform' ? graphOfConfiguration(example.text) : graphOfTemplate(example.text);
}

type Judged = Promise<{ readonly status: string; readonly because: readonly string[] }>;

async function judgeExample(example: IacExample, run: () => Judged): Judged {
  try {
    return await run();
  } catch (error) {
    return { status: 'ERROR', because: [`${example.id}: ${error instanceof Error ? error.message : error}`] };
  }
}
