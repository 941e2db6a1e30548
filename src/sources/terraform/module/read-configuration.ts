import { posix } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { text } from '../../../kernel/texts.ts';
import { YES } from '../../../model/answer.ts';
import { stringFrom, type Value } from '../../../model/value.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Instance } from '../evaluate/repetition.ts';
import { scopeOf } from '../evaluate/scope.ts';
import { undecidedAt } from '../evaluate/values.ts';
import type { TerraformFiles } from '../files.ts';
import type { ModuleFiles } from '../functions/function.ts';
import { parseExpression } from '../hcl/parse.ts';
import type { Block } from '../hcl/syntax.ts';
import { noteAt, once, type Report } from '../notes.ts';
import type { AttributeNames } from './data-sources.ts';
import { installedModules } from './installed-modules.ts';
import { argumentText, ModuleInstance, type ModuleSurroundings } from './instance.ts';
import { type ModuleSource, readModuleSource } from './source.ts';
import { variableFiles } from './variable-files.ts';

export interface ConfigurationInput {
  readonly folder: string;
  readonly files: TerraformFiles;
  readonly parser: Parser;
  readonly attributeNames: AttributeNames;
  /** Values for variables of the root module, over those of its files. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly workspace?: string;
  readonly report: Report;
}

const DEEPEST_MODULES = 16;

/** Reads a root module and prepares every module it calls; undefined when the folder has no configuration. */
export function readConfiguration(input: ConfigurationInput): ModuleInstance | undefined {
  const report = once(input.report);
  const source = readModuleSource(input.folder, input.files, input.parser, report);
  if (!source) return undefined;
  const sources = new Map<string, ModuleSource | undefined>([[source.folder, source]]);
  const installed = installedModules(input.folder, input.files);
  const moduleFiles = filesOfModules(input);
  const passed = passedVariables(source, input, report, moduleFiles);

  const open = (call: Block, caller: ModuleInstance, instance: Instance): ModuleInstance | undefined => {
    const name = call.labels[0] ?? '';
    const folder = folderOf(call, caller, installed, report);
    if (folder === undefined) return undefined;
    if (caller.chain.includes(folder) || caller.chain.length >= DEEPEST_MODULES) {
      report(cyclicModule(call));
      return undefined;
    }
    if (!sources.has(folder)) {
      sources.set(folder, readModuleSource(folder, input.files, input.parser, report));
    }
    const called = sources.get(folder);
    if (!called) {
      report(missingModule(call, folder));
      return undefined;
    }
    return new ModuleInstance({
      source: called,
      address: caller.addressOf(`module.${name}${instance.suffix}`),
      exists: instance.exists,
      chain: caller.chain,
      surroundings,
      passed: (variable) => {
        const attribute = call.body.attributes.get(variable);
        return attribute && evaluate(attribute.value, instance.scope);
      },
    });
  };
  const surroundings: ModuleSurroundings = {
    files: moduleFiles,
    workspace: input.workspace ?? 'default',
    report,
    attributeNames: input.attributeNames,
    region: () => regionOf(root),
    open,
  };
  const root: ModuleInstance = new ModuleInstance({
    source,
    address: '',
    exists: YES,
    chain: [],
    surroundings,
    passed,
  });
  return root;
}

function passedVariables(
  source: ModuleSource,
  input: ConfigurationInput,
  report: Report,
  files: ModuleFiles,
): (name: string) => Value | undefined {
  const fromFiles = variableFiles(input.folder, input.files, input.parser, report);
  return (name) => {
    const given = input.parameters.get(name);
    const block = source.variables.get(name);
    if (given === undefined) return fromFiles(name);
    return block && givenValue(block, given, input.parser, files);
  };
}

/** A value from the command line is text for a string variable and an expression for every other type. */
function givenValue(block: Block, given: string, parser: Parser, files: ModuleFiles): Value {
  const span = {
    file: { path: `--parameter ${block.labels[0] ?? ''}`, text: given },
    start: 0,
    end: given.length,
  };
  const type = block.body.attributes.get('type')?.value;
  const isText = !type || (type.kind === 'variable' && type.name === 'string');
  const expression = isText ? undefined : parseExpression(parser, given, span);
  const scope = scopeOf(() => undefined, files);
  return expression ? evaluate(expression, scope) : { kind: 'known', value: given, span };
}

function filesOfModules(input: ConfigurationInput): ModuleFiles {
  const shown = (path: string) => posix.join(input.folder, path);
  return {
    read: (path) => {
      const inside = !posix.isAbsolute(path) && isReadable(input, shown(path));
      return inside ? input.files.read(shown(path)) : undefined;
    },
    list: (folder) => (isReadable(input, shown(folder)) ? input.files.namesIn(shown(folder)) : undefined),
    render: (source, variables, span) => {
      const marker = 'END_OF_TEMPLATE_FILE';
      if (source.includes(marker)) return undecidedAt(span, 'function');
      const expression = parseExpression(input.parser, `<<${marker}\n${source}\n${marker}`, span);
      if (expression?.kind !== 'template') return undecidedAt(span, 'invalid');
      const last = expression.parts.at(-1);
      const parts =
        last?.kind === 'text'
          ? [...expression.parts.slice(0, -1), { ...last, text: last.text.replace(/\n$/, '') }]
          : expression.parts;
      const scope = scopeOf((name) => variables.get(name), filesOfModules(input));
      return evaluate({ ...expression, parts }, scope);
    },
  };
}

/** Files beside the configuration and below where people stand; a configuration must not read other files. */
function isReadable(input: ConfigurationInput, path: string): boolean {
  return input.files.isBelow(path, input.folder) || input.files.isBelow(path, '.');
}

function folderOf(
  call: Block,
  caller: ModuleInstance,
  installed: ReadonlyMap<string, string>,
  report: Report,
): string | undefined {
  const attribute = call.body.attributes.get('source');
  const source = attribute && stringFrom(evaluate(attribute.value, caller.scope));
  if (source?.startsWith('./') || source?.startsWith('../') || source === '.') {
    return posix.join(caller.source.folder, source);
  }
  const key = [...caller.address.matchAll(/module\.([^.[]+)/g)].map((match) => match[1]);
  const found = installed.get([...key, call.labels[0] ?? ''].join('.'));
  if (found !== undefined) return found;
  report(
    noteAt(
      'outside',
      `module.${call.labels[0] ?? ''}`,
      call.span,
      text(
        `the module's source ${argumentText(call, 'source') || '(none)'} is not on this machine, so its resources are not known`,
        `モジュールの取得元${argumentText(call, 'source') || '(なし)'}はこのマシンにないため、その資源は分かりません`,
      ),
      text(
        'run "terraform init" first, or assess the output of "terraform show -json PLAN"',
        '先に「terraform init」を実行するか、「terraform show -json PLAN」の出力を評価してください',
      ),
    ),
  );
  return undefined;
}

function cyclicModule(call: Block) {
  return noteAt(
    'input',
    call.span.file.path,
    call.span,
    text(
      `module "${call.labels[0] ?? ''}" calls itself, directly or through others`,
      `モジュール「${call.labels[0] ?? ''}」が直接または他のモジュールを通じて自分自身を呼び出しています`,
    ),
    text('break the cycle of module calls', 'モジュール呼び出しの循環を断ってください'),
  );
}

function missingModule(call: Block, folder: string) {
  return noteAt(
    'input',
    call.span.file.path,
    call.span,
    text(
      `the folder ${folder} has no Terraform files`,
      `フォルダー${folder}にTerraformのファイルがありません`,
    ),
    text('correct the source of the module', 'モジュールのsourceを直してください'),
  );
}

/** The region of the default `aws` provider. */
function regionOf(root: ModuleInstance): Value | undefined {
  const provider = root.source.providers.find(
    (block) => block.labels[0] === 'aws' && !block.body.attributes.has('alias'),
  );
  const region = provider?.body.attributes.get('region');
  return region && evaluate(region.value, root.scope);
}
