import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { all, any, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';
import { isOpenToStrangers } from './permissions.ts';

const PERMISSION = 'AWS::Lambda::Permission';
const FUNCTION = 'AWS::Lambda::Function';

/**
 * AWS Security Hub controls reference, Lambda.1. Permissions of functions declared elsewhere and of layer
 * versions are judged by themselves.
 */
export const definition = control({
  id: 'Lambda.1',
  title: text('Functions are not open to strangers', 'Lambda関数を誰でも呼び出せる状態にしない'),
  severity: 'critical',
  resourceTypes: [FUNCTION, PERMISSION, 'AWS::Lambda::LayerVersionPermission'],
  configRule: 'lambda-function-public-access-prohibited',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(7)',
      'AC-4(21)',
      'AC-6',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '2.2.2'],
  },
  basis: 'effective',
  concerns: (resource, graph) => resource.type !== PERMISSION || functionOf(resource, graph) === undefined,
  evaluate(resource, graph) {
    const permissions = resource.type === FUNCTION ? permissionsOf(resource, graph) : [resource];
    const answers = permissions.map((each) => all([each.exists, isOpenToStrangers(each.properties)]));
    const open = permissions[answers.findIndex((each) => each.is === 'yes')];
    return verdict(
      not(any(answers)),
      {
        pass: text('no permission lets strangers in', '誰でも呼び出せる許可はありません'),
        fail: text(
          `${open?.name ?? 'a permission'} lets callers of any account in`,
          `${open?.name ?? '許可'} が、どのアカウントからの呼び出しも許しています`,
        ),
        unknown: text(
          'whether a permission lets strangers in cannot be decided',
          '誰でも呼び出せる許可があるか決められません',
        ),
      },
      (open ?? permissions[0])?.properties,
    );
  },
  remedy: () => ({
    summary: text(
      'Add SourceAccount (and SourceArn) to the permission, or name the account that may call',
      '許可に SourceAccount(と SourceArn)を加えるか、呼び出し元アカウントを指定する',
    ),
    edits: [],
    needs: [text('the account and the source that call the function', '呼び出し元のアカウントとリソース')],
  }),
});

function functionOf(permission: Resource, graph: ResourceGraph): Resource | undefined {
  const target = graph.target(get(permission.properties, 'FunctionName'));
  return target?.type === FUNCTION ? target : undefined;
}

function permissionsOf(target: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.referrersOfType(target, PERMISSION).filter((each) => functionOf(each, graph) === target);
}
