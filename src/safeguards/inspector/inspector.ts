import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, isOneOf, someItem } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import { type HowToLearn, notDeclarable } from '../absence.ts';
import { declared } from '../account-service.ts';
import { runCommand } from '../edits.ts';
import { managed } from '../patch-manager/managed.ts';
import { off, partial, presenceOf, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const ACTIVATION = 'Account::InspectorActivation';

/** What Inspector calls the kinds of resources that it scans. */
const SCANNED: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'EC2',
  'AWS::AutoScaling::AutoScalingGroup': 'EC2',
  'AWS::ECR::Repository': 'ECR',
  'AWS::Lambda::Function': 'LAMBDA',
};

const MISSING: HowToLearn = {
  what: text('the activation of Inspector', 'Inspectorの有効化'),
  command: 'aws inspector2 batch-get-account-status',
  terraform: 'aws_inspector2_enabler',
};

/**
 * Amazon Inspector. Sources: Amazon Inspector user guide, "Scanning Amazon EC2 instances with Amazon
 * Inspector" (agent-based by Systems Manager, or agentless), "Scanning Amazon ECR container images" and
 * "Scanning AWS Lambda functions"; `AWS::Inspector::*` in CloudFormation is Inspector Classic, which AWS has
 * ended.
 */
export const definition = safeguard({
  id: 'inspector',
  name: text('Amazon Inspector', 'Amazon Inspector'),
  alsoKnownAs: ['Inspector', 'インスペクター', '脆弱性スキャン', 'vulnerability scan', 'Inspector2'],
  factor: 'vulnerability',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it finds known vulnerabilities in the packages of servers, container images and functions.',
    'それ自体は何も止めません。サーバー・コンテナイメージ・関数に含まれる既知の脆弱性を見つけます。',
  ),
  doesNotStop: text(
    'The vulnerability: patches must be installed, for instance by Patch Manager.',
    '脆弱性そのもの(Patch Managerなどでパッチを適用する必要があります)。',
  ),
  confusedWith: text(
    'Inspector finds vulnerable software; GuardDuty finds attacks; Macie finds personal data.',
    'Inspectorは脆弱なソフトウェア、GuardDutyは攻撃、Macieは個人情報を見つけます。',
  ),
  attachesTo: [REGION_TYPE, ...Object.keys(SCANNED)],
  presence: (graph, place) => (place.type === REGION_TYPE ? ofRegion(graph) : ofPlace(graph, place)),
  remedy: (_, place): Remedy => {
    const kind = SCANNED[place.type];
    const kinds = kind ?? [...new Set(Object.values(SCANNED))].join(' ');
    return {
      summary: text('Activate Inspector in the region.', 'リージョンでInspectorを有効にします。'),
      edits: [runCommand(`aws inspector2 enable --resource-types ${kinds}`)],
      needs: [
        text(
          'somebody who reads the findings and installs the patches',
          '検出結果を確認してパッチを適用する担当者',
        ),
      ],
    };
  },
});

function ofRegion(graph: ResourceGraph): Presence {
  const [activation] = declared(graph, ACTIVATION);
  if (!activation) return classicOnly(graph) ?? notDeclarable(MISSING);
  const present = [
    ...new Set(
      Object.entries(SCANNED).flatMap(([type, kind]) => (graph.ofType(type).length > 0 ? [kind] : [])),
    ),
  ];
  const missing = present.filter((kind) => activates(activation, kind).is === 'no');
  if (missing.length > 0 && missing.length < present.length) {
    return providedBy(
      activation,
      partial(
        text(`activated, but not for ${missing.join(', ')}`, `有効ですが、${missing.join('、')}は対象外です`),
        property(activation, 'ResourceTypes'),
      ),
    );
  }
  return providedBy(activation, scanned(all(present.map((kind) => activates(activation, kind))), activation));
}

function classicOnly(graph: ResourceGraph): Presence | undefined {
  const [classic] = declared(graph, 'AWS::Inspector::AssessmentTarget', 'AWS::Inspector::AssessmentTemplate');
  return (
    classic &&
    off(
      text(
        `${classic.name} is Inspector Classic, which AWS has ended`,
        `${classic.name}は提供が終了したInspector Classicです`,
      ),
      classic.properties,
    )
  );
}

function activates(activation: Resource, kind: string): Answer {
  return someItem(property(activation, 'ResourceTypes'), (each) => isOneOf(each, [kind]));
}

function scanned(answer: Answer, activation: Resource): Presence {
  return presenceOf(
    answer,
    {
      on: text('Inspector scans it', 'Inspectorがスキャンします'),
      off: text('Inspector is not activated for it', 'Inspectorの対象になっていません'),
      unknown: text('what Inspector scans is not decided', 'Inspectorの対象が未確定です'),
    },
    property(activation, 'ResourceTypes'),
  );
}

/** A server is scanned through Systems Manager; without it, only the agentless mode looks at its disks. */
function ofPlace(graph: ResourceGraph, place: Resource): Presence {
  const [activation] = declared(graph, ACTIVATION);
  if (!activation) return classicOnly(graph) ?? notDeclarable(MISSING);
  const kind = SCANNED[place.type] ?? '';
  const presence = scanned(activates(activation, kind), activation);
  if (presence.state !== 'on' || kind !== 'EC2' || managed(graph, place).state === 'on') {
    return providedBy(activation, presence);
  }
  return providedBy(
    activation,
    unsure(
      text(
        'activated, but Systems Manager does not manage the server: only the agentless mode scans it (aws inspector2 get-configuration)',
        '有効ですが、サーバーがSystems Managerの管理下にないため、エージェントレスモードでのみスキャンされます(確認: aws inspector2 get-configuration)',
      ),
      [property(activation, 'ResourceTypes')],
    ),
  );
}
