import { loadActionTable } from '../iam/index.ts';
import { InputError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { type Text, text } from '../kernel/texts.ts';
import { declaredActions } from '../platform/declared.ts';
import { type AnyOperation, loadService } from '../platform/loaded-service.ts';
import { SERVICES } from '../services/registry.generated.ts';

/**
 * Whether an action that somebody asks about is one: AWS's Service Authorization Reference has it, or a service of this
 * installation, which may know younger ones.
 *
 * @returns what to tell where the service is in neither, so that nobody can say.
 * @throws InputError `no-action`
 */
export async function checkAction(name: string): Promise<Text | undefined> {
  const [service = '', action = '', ...more] = name.split(':');
  if (service === '' || action === '' || more.length > 0) throw notOne(name);
  const table = await loadActionTable();
  if (table.action(name)) return undefined;
  const own = await ownActions(service);
  if (own.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  if (table.hasService(service) || own.length > 0) {
    throw noAction(name, [...table.expand(`${service}:*`), ...own]);
  }
  const meant = nearest(service, table.services);
  return text(
    `the service "${service}" is not known here${meant ? ` (did you mean "${meant}"?)` : ''}: whether it has the action ${name} was not checked`,
    `サービス「${service}」はここでは知られていません${meant ? `(「${meant}」のことですか?)` : ''}。アクション ${name} が存在するかどうかは確認していません`,
  );
}

async function ownActions(service: string): Promise<readonly string[]> {
  const entry = SERVICES.find(({ id }) => id === service.toLowerCase());
  if (!entry) return [];
  const loaded = await loadService(await entry.load());
  const operations = Object.entries(loaded.definition.operations) as unknown as readonly [
    string,
    AnyOperation,
  ][];
  return operations.flatMap(([name, operation]) => declaredActions(loaded, name, operation));
}

function notOne(name: string): InputError {
  return new InputError({
    code: 'no-action',
    message: text(
      `"${name}" is no action: it is a service and a name, such as kms:Decrypt`,
      `「${name}」はアクションではありません。kms:Decrypt のように、サービスと名前で指定してください`,
    ),
  });
}

function noAction(name: string, names: readonly string[]): InputError {
  const meant = nearest(name, names);
  return new InputError({
    code: 'no-action',
    message: text(
      `there is no action "${name}"${meant ? `; did you mean "${meant}"?` : ''}`,
      `「${name}」というアクションはありません${meant ? `(「${meant}」のことですか?)` : ''}`,
    ),
    remedy: text(
      'give one action by its name, without wildcards; a policy that allows * would allow any name',
      'ワイルドカードを含まないアクション名を1つ指定してください(* を許可するポリシーは、存在しない名前も許可します)',
    ),
  });
}
