import { text } from '../../kernel/texts.ts';
import { any } from '../../model/answer.ts';

import { control, verdict } from '../control.ts';
import { rotates, schedulesOf } from './rotation.ts';

/** AWS Security Hub controls reference, SecretsManager.1. */
export const definition = control({
  id: 'SecretsManager.1',
  title: text('Secrets rotate by themselves', 'シークレットの自動ローテーションが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  configRule: 'secretsmanager-rotation-enabled-check',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(1)',
      'AC-3(3)',
      'AC-3(3)(a)',
      'AC-3(3)(b)(1)',
      'AC-3(3)(b)(2)',
      'AC-3(3)(b)(3)',
      'AC-3(3)(b)(4)',
      'AC-3(3)(b)(5)',
      'AC-3(3)(c)',
      'AC-3(4)',
      'AC-3(4)(a)',
      'AC-3(4)(b)',
      'AC-3(4)(c)',
      'AC-3(4)(d)',
      'AC-3(4)(e)',
      'AC-3(8)',
      'AC-3(12)(a)',
      'AC-3(13)',
      'AC-3(15)(a)',
      'AC-3(15)(b)',
      'AC-4(28)',
      'AC-24',
      'CM-5(1)(a)',
      'SC-23(3)',
    ],
  },
  basis: 'effective',
  evaluate(secret, graph) {
    const schedules = schedulesOf(secret, graph);
    return verdict(
      any(schedules.map(rotates)),
      {
        pass: text('a schedule rotates the secret', 'スケジュールに従ってローテーションします'),
        fail: text('no schedule rotates the secret', 'ローテーションのスケジュールがありません'),
        unknown: text(
          'whether the secret rotates cannot be decided',
          'シークレットがローテーションするか決められません',
        ),
      },
      schedules[0]?.properties,
    );
  },
  remedy: (secret) => ({
    summary: text(
      'Rotate the secret every 30 days; for a database of RDS let RDS manage the password instead',
      '30日ごとにローテーションする(RDSのパスワードはRDSに管理させる)',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: `${secret.name}Rotation`,
        type: 'AWS::SecretsManager::RotationSchedule',
        properties: { SecretId: { Ref: secret.name }, RotationRules: { AutomaticallyAfterDays: 30 } },
      },
    ],
    needs: [text('a rotation function', 'ローテーション用の関数')],
  }),
});
