import { parseJson } from '../../kernel/json.ts';
import { formatPlace, type SourceFile } from '../../kernel/source-file.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { parseYaml } from '../documents/yaml.ts';
import { readStacks, type TemplateFile } from './read-stacks.ts';

/** A template for a test: YAML or JSON text as the stack `test`. */
export function templateFile(content: string, stack = 'test'): TemplateFile {
  const json = content.trimStart().startsWith('{');
  const file: SourceFile = { path: `${stack}.${json ? 'json' : 'yaml'}`, text: content };
  return { stack, file, root: (json ? parseJson(file) : parseYaml(file)).root };
}

export interface TestReading {
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
  /** Notes as `kind file:line:column reason`. */
  readonly noteLines: readonly string[];
  /** The value at a path of a resource's properties. */
  property(name: string, ...path: readonly (string | number)[]): Value;
  resource(name: string): Resource;
}

/** Reads one template, or several that are ready-made. */
export function readForTest(
  content: string | readonly TemplateFile[],
  parameters: Readonly<Record<string, string>> = {},
): TestReading {
  const files = typeof content === 'string' ? [templateFile(content)] : content;
  const { resources, notes } = readStacks(files, new Map(Object.entries(parameters)));
  const resource = (name: string) => {
    const found = resources.find((each) => each.name === name);
    if (!found) throw new Error(`no resource is called ${name}`);
    return found;
  };
  return {
    resources,
    notes,
    noteLines: notes.map(
      (note) => `${note.kind} ${note.source ? formatPlace(note.source) : '-'} ${note.reason.en}`,
    ),
    resource,
    property: (name, ...path) => get(resource(name).properties, ...path),
  };
}

/** The value of an expression, written as the YAML of one property. */
export function evaluated(
  expression: string,
  rest = '',
  parameters: Readonly<Record<string, string>> = {},
): Value {
  const content = `Resources:\n  Subject:\n    Type: Test::Some::Thing\n    Properties:\n      Value: ${expression}\n  Other:\n    Type: AWS::S3::Bucket\n${rest}`;
  return readForTest(content, parameters).property('Subject', 'Value');
}
