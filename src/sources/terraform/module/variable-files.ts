import { posix } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { InputError } from '../../../kernel/errors.ts';
import type { Value } from '../../../model/value.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { scopeOf } from '../evaluate/scope.ts';
import { undecidedAt } from '../evaluate/values.ts';
import type { TerraformFiles } from '../files.ts';
import { parseVariablesJson } from '../hcl/parse-json.ts';
import { valueOfNode } from '../json/json-value.ts';
import { inputNote, type Report } from '../notes.ts';
import { parseFile } from './source.ts';

/**
 * The variables that Terraform loads by itself, later files over earlier ones: `terraform.tfvars`,
 * `terraform.tfvars.json`, then `*.auto.tfvars` and `*.auto.tfvars.json` by name ("Input Variables",
 * variable definition precedence).
 */
export function variableFiles(
  folder: string,
  files: TerraformFiles,
  parser: Parser,
  report: Report,
): (name: string) => Value | undefined {
  const present = files.namesIn(folder) ?? [];
  const automatic = present.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  const loaded = ['terraform.tfvars', 'terraform.tfvars.json', ...automatic].filter((name) =>
    present.includes(name),
  );
  const values = new Map<string, Value>();
  for (const name of loaded) {
    for (const [variable, value] of valuesIn(posix.join(folder, name), files, parser, report)) {
      values.set(variable, value);
    }
  }
  return (name) => values.get(name);
}

function valuesIn(
  path: string,
  files: TerraformFiles,
  parser: Parser,
  report: Report,
): ReadonlyMap<string, Value> {
  const content = files.read(path);
  if (content === undefined) return new Map();
  const file = { path, text: content };
  if (path.endsWith('.json')) return jsonValues(file, report);
  const { attributes } = parseFile(file, parser, report);
  const scope = scopeOf(() => undefined, {
    read: () => undefined,
    list: () => undefined,
    render: (_text, _variables, span) => undecidedAt(span, 'function'),
  });
  return new Map([...attributes].map(([name, attribute]) => [name, evaluate(attribute.value, scope)]));
}

function jsonValues(file: { path: string; text: string }, report: Report): ReadonlyMap<string, Value> {
  try {
    return new Map([...parseVariablesJson(file)].map(([name, node]) => [name, valueOfNode(node, file)]));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(
      inputNote(file.path, {
        code: error.code,
        message: error.text,
        ...(error.place ? { place: error.place } : {}),
      }),
    );
    return new Map();
  }
}
