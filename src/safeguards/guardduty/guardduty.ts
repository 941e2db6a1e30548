import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, isOneOf, isTrue } from '../../model/answer.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import type { FacetState } from '../../model/safeguard.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { declared, serviceState } from '../account-service.ts';
import { addResource, setProperty } from '../edits.ts';
import { off, on, partial, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const FACETS: readonly FacetName[] = [
  { id: 'S3_DATA_EVENTS', name: text('S3 protection', 'S3の保護') },
  { id: 'EBS_MALWARE_PROTECTION', name: text('malware scans', 'マルウェアスキャン') },
  { id: 'RDS_LOGIN_EVENTS', name: text('RDS protection', 'RDSの保護') },
  { id: 'LAMBDA_NETWORK_LOGS', name: text('Lambda protection', 'Lambdaの保護') },
  { id: 'RUNTIME_MONITORING', name: text('runtime monitoring', 'ランタイムモニタリング') },
];

/** The one feature that is off unless asked for. */
const OFF_BY_DEFAULT = 'RUNTIME_MONITORING';

/**
 * Amazon GuardDuty of the region. Source: GuardDuty API reference, "CreateDetector": features that are
 * not named are enabled, except runtime monitoring; a detector exists per region.
 */
export const definition = safeguard({
  id: 'guardduty',
  name: text('Amazon GuardDuty', 'Amazon GuardDuty'),
  alsoKnownAs: ['GuardDuty', 'Gurd Duty', 'Amazon Gurd Duty', 'ガードデューティ', '脅威検知'],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'tens-of-dollars',
  stops: text(
    'Nothing by itself: it reports access from unusual places, stolen keys in use, mining and talk with known attackers.',
    'それ自体は何も止めません。普段と違う場所からのアクセス、盗まれたキーの使用、マイニング、既知の攻撃者との通信を知らせます。',
  ),
  doesNotStop: text(
    'Any attack: somebody must read its findings or let EventBridge act on them. It looks at one region only.',
    '攻撃そのもの(検出結果を人が読むか、EventBridgeで対応を起動する必要があります)。対象は有効化したリージョンだけです。',
  ),
  confusedWith: text(
    'GuardDuty watches what happens; Inspector looks for known vulnerabilities; Macie looks for personal data in buckets; Detective helps to trace a finding.',
    'GuardDutyは起きていることを監視し、Inspectorは既知の脆弱性を、Macieはバケット内の個人情報を探します。Detectiveは検出結果の原因をたどるためのものです。',
  ),
  facets: FACETS,
  attachesTo: [REGION_TYPE],
  presence: (graph) =>
    serviceState(graph, ['AWS::GuardDuty::Detector'], detector, {
      what: text('GuardDuty detector', 'GuardDutyの検出器'),
      command: 'aws guardduty list-detectors',
    }),
  remedy,
});

function detector(resource: Resource): Presence {
  const enable = property(resource, 'Enable');
  const enabled = isTrue(enable);
  if (enabled.is === 'no') return off(text('the detector is disabled', '検出器が無効になっています'), enable);
  if (enabled.is === 'unknown')
    return unsure(text('whether it is enabled is not decided', '有効かどうかが未確定です'), [enable]);
  const facets = FACETS.map((facet) => featureState(resource, facet));
  const disabled = facets.filter((each) => each.state === 'off' && each.id !== OFF_BY_DEFAULT);
  const presence =
    disabled.length > 0
      ? partial(
          text(
            `enabled, without ${disabled.map((each) => each.id).join(', ')}`,
            `有効ですが、${disabled.map((each) => each.id).join('、')}は無効です`,
          ),
          property(resource, 'Features'),
        )
      : on(text('a detector is enabled in this region', 'このリージョンで検出器が有効です'), enable);
  return { ...presence, facets };
}

function featureState(resource: Resource, facet: FacetName): FacetState {
  const feature = itemsOf(property(resource, 'Features')).find(
    (each) => stringFrom(get(each, 'Name')) === facet.id,
  );
  if (feature) return stateFrom(facet, isOneOf(get(feature, 'Status'), ['ENABLED']));
  const source = olderSetting(resource, facet.id);
  if (source && source.kind !== 'absent') return stateFrom(facet, isTrue(source));
  return facet.id === OFF_BY_DEFAULT
    ? { id: facet.id, state: 'off', because: text('off unless asked for', '指定がなければ無効です') }
    : { id: facet.id, state: 'on', because: text('on unless told otherwise', '指定がなければ有効です') };
}

/** `DataSources` is the spelling from before `Features`. */
function olderSetting(resource: Resource, id: string): Value | undefined {
  if (id === 'S3_DATA_EVENTS') return property(resource, 'DataSources', 'S3Logs', 'Enable');
  if (id !== 'EBS_MALWARE_PROTECTION') return undefined;
  return property(resource, 'DataSources', 'MalwareProtection', 'ScanEc2InstanceWithFindings', 'EbsVolumes');
}

function stateFrom({ id }: FacetName, enabled: Answer): FacetState {
  const states = { yes: 'on', no: 'off', unknown: 'unknown' } as const;
  return { id, state: states[enabled.is], because: text(`${id} is written`, `${id}の指定があります`) };
}

function remedy(graph: ResourceGraph): Remedy {
  const existing = declared(graph, 'AWS::GuardDuty::Detector')[0];
  return {
    summary: text('Enable GuardDuty in the region.', 'リージョンでGuardDutyを有効にします。'),
    edits: existing
      ? [setProperty(existing, 'Enable', true), ...enabledFeatures(existing)]
      : [
          addResource('GuardDutyDetector', 'AWS::GuardDuty::Detector', {
            Enable: true,
            FindingPublishingFrequency: 'FIFTEEN_MINUTES',
          }),
        ],
    needs: [text('somebody who reads the findings', '検出結果を確認する担当者')],
  };
}

function enabledFeatures(detector: Resource): readonly Edit[] {
  return itemsOf(property(detector, 'Features')).flatMap((feature, index) =>
    stringFrom(get(feature, 'Name')) !== OFF_BY_DEFAULT && stringFrom(get(feature, 'Status')) === 'DISABLED'
      ? [setProperty(detector, `Features.${index}.Status`, 'ENABLED')]
      : [],
  );
}
