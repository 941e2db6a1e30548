import type { ResourceGraph } from '../../environment/graph.ts';
import { launchIsKnown, launchTemplateOf, launchValue } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { any, isOneOf } from '../../model/answer.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { runCommand, setProperty } from '../edits.ts';
import { on, presenceOf, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const FIND_OUT = 'aws ec2 get-instance-metadata-defaults';

/**
 * Version 2 of the instance metadata service. Source: Amazon EC2 user guide, "Configure instance metadata
 * options for new instances" (order of precedence: launch parameters, the account's default, the image).
 */
export const definition = safeguard({
  id: 'imdsv2',
  name: text(
    'IMDSv2 (instance metadata with a session token)',
    'IMDSv2(トークン必須のインスタンスメタデータ)',
  ),
  alsoKnownAs: [
    'IMDS',
    'インスタンスメタデータ',
    'instance metadata service',
    'HttpTokens',
    'メタデータサービス',
  ],
  factor: 'credential-leak',
  effect: 'hinder',
  price: 'free',
  stops: text(
    "Theft of the server role's credentials through an application that fetches addresses on request (SSRF) or an open proxy.",
    '指定されたアドレスを取得してしまう欠陥(SSRF)や開いたプロキシを通じた、サーバーのロールの認証情報の窃取。',
  ),
  doesNotStop: text(
    'An attacker who can run commands on the server, and what the role itself may do.',
    'サーバー上でコマンドを実行できる攻撃者と、ロール自体に許された操作。',
  ),
  confusedWith: text(
    'IMDSv2 protects the credentials of a role; least privilege limits what they are good for.',
    'IMDSv2はロールの認証情報を守り、最小権限はそれでできることを限定します。',
  ),
  attachesTo: [
    'AWS::EC2::Instance',
    'AWS::EC2::LaunchTemplate',
    'AWS::AutoScaling::LaunchConfiguration',
    'AWS::AutoScaling::AutoScalingGroup',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence {
  const options = optionsOf(graph, place);
  const tokens = get(options, 'HttpTokens');
  const endpoint = get(options, 'HttpEndpoint');
  const closed = isOneOf(endpoint, ['disabled']);
  if (tokens.kind !== 'absent' || closed.is !== 'no') {
    return presenceOf(
      any([closed, isOneOf(tokens, ['required'])]),
      {
        on: text('metadata needs a session token', 'メタデータの取得にトークンが必要です'),
        off: text('metadata is handed out without a token', 'トークンなしでメタデータを取得できます'),
        unknown: text('whether a token is needed is not decided', 'トークンが必要かどうかが未確定です'),
      },
      tokens.kind === 'absent' ? endpoint : tokens,
    );
  }
  return byDefault(graph, place, tokens);
}

function optionsOf(graph: ResourceGraph, place: Resource): Value {
  switch (place.type) {
    case 'AWS::EC2::LaunchTemplate':
      return property(place, 'LaunchTemplateData', 'MetadataOptions');
    case 'AWS::AutoScaling::LaunchConfiguration':
      return property(place, 'MetadataOptions');
    default:
      return launchValue(graph, place, 'MetadataOptions');
  }
}

function byDefault(graph: ResourceGraph, place: Resource, tokens: Value): Presence {
  const account = declared(graph, 'Account::InstanceMetadataDefaults')[0];
  if (account && isOneOf(property(account, 'HttpTokens'), ['required']).is === 'yes') {
    return providedBy(
      account,
      on(
        text("the account's default needs a token", 'アカウントの既定値でトークンが必要です'),
        property(account, 'HttpTokens'),
      ),
    );
  }
  if (place.type === 'AWS::EC2::Instance' && !launchIsKnown(graph, place)) {
    return unsure(
      text(
        'its launch template is not among what was read',
        '起動テンプレートが読み取り対象に含まれていません',
      ),
      [property(place, 'LaunchTemplate')],
    );
  }
  return unsure(
    text(
      `not written: the account's default and the image decide (Amazon Linux 2023 needs a token); find out with: ${FIND_OUT} (Terraform: aws_ec2_instance_metadata_defaults)`,
      `指定がなく、アカウントの既定値とイメージで決まります(Amazon Linux 2023はトークン必須)。確認するコマンド: ${FIND_OUT}(Terraformではaws_ec2_instance_metadata_defaults)`,
    ),
    [tokens],
  );
}

function remedyAt(graph: ResourceGraph, place: Resource): Remedy {
  const template =
    place.type === 'AWS::AutoScaling::AutoScalingGroup' ? launchTemplateOf(graph, place) : place;
  return {
    summary: text(
      'Require a session token for instance metadata.',
      'インスタンスメタデータの取得にトークンを必須にします。',
    ),
    edits: template
      ? editsAt(template)
      : [runCommand('aws ec2 modify-instance-metadata-defaults --http-tokens required')],
    needs: [
      text(
        'SDKs and tools of the last years on the server (older ones know version 1 only)',
        'サーバー上のSDKやツールがIMDSv2に対応していること(古いものはv1のみ)',
      ),
    ],
  };
}

function editsAt(place: Resource): readonly Edit[] {
  const options =
    place.type === 'AWS::EC2::LaunchTemplate' ? 'LaunchTemplateData.MetadataOptions' : 'MetadataOptions';
  if (place.type !== 'AWS::EC2::Instance') return [setProperty(place, `${options}.HttpTokens`, 'required')];
  return [
    setProperty(place, `${options}.HttpTokens`, 'required'),
    setProperty(place, `${options}.HttpPutResponseHopLimit`, 1),
  ];
}
