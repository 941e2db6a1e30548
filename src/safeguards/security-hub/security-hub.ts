import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { any, isTrue, YES } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import { notDeclared } from '../absence.ts';
import { declared, serviceState } from '../account-service.ts';
import { definition as config } from '../config/config.ts';
import { addResource, setProperty } from '../edits.ts';
import { type FacetPresence, presenceOf, providedBy, rollUp, strongest } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const FACETS = {
  standards: { id: 'standards', name: text('checks by standards (CSPM)', '基準によるチェック(CSPM)') },
  unified: { id: 'unified', name: text('new Security Hub (V2)', '新しいSecurity Hub(V2)') },
  config: { id: 'config', name: text('AWS Config beneath', '土台となるAWS Config') },
} as const satisfies Record<string, FacetName>;

/**
 * Security Hub of the region. Sources: CloudFormation, "AWS::SecurityHub::Hub" (default standards are
 * enabled unless told not to) and "AWS::SecurityHub::HubV2" (the newer service beside Security Hub CSPM);
 * AWS Security Hub user guide, "Enabling and configuring AWS Config for Security Hub CSPM".
 */
export const definition = safeguard({
  id: 'security-hub',
  name: text('AWS Security Hub', 'AWS Security Hub'),
  alsoKnownAs: ['Security Hub', 'SecurityHub', 'Security Hub CSPM', 'セキュリティハブ', 'FSBP'],
  factor: 'vulnerability',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it checks settings against standards and gathers the findings of other services in one place.',
    'それ自体は何も止めません。設定を基準に照らして検査し、他のサービスの検出結果を1か所に集めます。',
  ),
  doesNotStop: text(
    'Attacks, and wrong settings that nobody mends; without AWS Config most checks stay empty.',
    '攻撃と、直されないままの誤った設定(AWS Configがないとほとんどのチェックは動きません)。',
  ),
  confusedWith: text(
    'Security Hub gathers and judges; GuardDuty, Inspector and Macie deliver findings to it.',
    'Security Hubは集約と判定、GuardDuty・Inspector・Macieはそこに検出結果を送る側です。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [REGION_TYPE],
  presence: presenceAt,
  remedy,
});

const MISSING = {
  what: text('Security Hub', 'Security Hub'),
  command: 'aws securityhub describe-hub',
};

function presenceAt(graph: ResourceGraph, region: Resource): Presence {
  const hubs = declared(graph, 'AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2');
  if (hubs.length === 0) return notDeclared(graph, MISSING);
  const facets: FacetPresence[] = [
    { facet: FACETS.standards, presence: standards(graph) },
    {
      facet: FACETS.unified,
      presence: serviceState(graph, ['AWS::SecurityHub::HubV2'], () => presenceOf(YES, UNIFIED), MISSING),
      informative: declared(graph, 'AWS::SecurityHub::HubV2').length === 0,
    },
    {
      facet: FACETS.config,
      presence: config.presence(graph, region) ?? notDeclared(graph, MISSING),
      informative: true,
    },
  ];
  return rollUp(facets);
}

const UNIFIED = {
  on: text('the new Security Hub is enabled', '新しいSecurity Hubが有効です'),
  off: text('it is not enabled', '有効ではありません'),
  unknown: text('not decided', '未確定です'),
};

function standards(graph: ResourceGraph): Presence {
  const subscribed = any(declared(graph, 'AWS::SecurityHub::Standard').map((each) => each.exists));
  const presences = declared(graph, 'AWS::SecurityHub::Hub').map((hub) => {
    const byDefault = property(hub, 'EnableDefaultStandards');
    return providedBy(
      hub,
      presenceOf(
        any([isTrue(byDefault, YES), subscribed]),
        {
          on: text('checks run by at least the default standards', '既定の基準などでチェックが動きます'),
          off: text('enabled without any standard', '基準が1つも有効ではありません'),
          unknown: text('whether a standard is enabled is not decided', '基準の有効化が未確定です'),
        },
        byDefault,
      ),
    );
  });
  return strongest(presences) ?? notDeclared(graph, MISSING);
}

function remedy(graph: ResourceGraph): Remedy {
  const [hub] = declared(graph, 'AWS::SecurityHub::Hub');
  return {
    summary: text(
      'Enable Security Hub with its default standards (it needs AWS Config).',
      '既定の基準でSecurity Hubを有効にします(AWS Configが必要です)。',
    ),
    edits: hub
      ? [setProperty(hub, 'EnableDefaultStandards', true)]
      : [
          addResource('SecurityHub', 'AWS::SecurityHub::Hub', {
            EnableDefaultStandards: true,
            AutoEnableControls: true,
          }),
        ],
  };
}
