import { text } from '../../kernel/texts.ts';
import { all, any } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';
import { rotates, rotatesWithin, schedulesOf } from './rotation.ts';

/** AWS Security Hub controls reference, SecretsManager.4. */
export const definition = control({
  id: 'SecretsManager.4',
  title: text('Secrets rotate within 90 days', 'シークレットが90日以内にローテーションされる'),
  severity: 'medium',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  configRule: 'secretsmanager-secret-periodic-rotation',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'] },
  basis: 'effective',
  evaluate(secret, graph) {
    const schedules = schedulesOf(secret, graph);
    return verdict(
      any(
        schedules.map((schedule) =>
          all([rotates(schedule), rotatesWithin(get(schedule.properties, 'RotationRules'), 90)]),
        ),
      ),
      {
        pass: text('the secret rotates within 90 days', '90日以内にローテーションします'),
        fail: text('the secret does not rotate within 90 days', '90日以内にローテーションされません'),
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
