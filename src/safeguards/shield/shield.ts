import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { referencesIn, stringFrom } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { addResource, getAtt, logicalId, ref, runCommand, sub } from '../edits.ts';
import { notApplicable, off, on, providedBy, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const STANDARD: FacetName = { id: 'standard', name: text('Shield Standard', 'Shield Standard') };
const ADVANCED: FacetName = { id: 'advanced', name: text('Shield Advanced', 'Shield Advanced') };

/**
 * AWS Shield. Standard is a fact for everybody and changes no score; the state is that of Advanced: a
 * protection of this resource, and a subscription that no CloudFormation template can declare. Source: AWS
 * Shield developer guide, "AWS Shield Standard overview" and "List of resources that AWS Shield Advanced
 * protects"; CloudFormation, "AWS::Shield::Protection".
 */
export const definition = safeguard({
  id: 'shield',
  name: text('AWS Shield Advanced', 'AWS Shield Advanced'),
  alsoKnownAs: ['Shield', 'AWS Shield', 'シールド', 'DDoS', 'DDoS対策', 'Shield Standard'],
  factor: 'overload',
  effect: 'hinder',
  price: 'thousands-of-dollars',
  stops: text(
    'Standard (free, always on): common floods of the network and transport layers. Advanced: also larger and application-layer attacks, with a response team and cost protection.',
    'Standard(無料で常に有効): ネットワーク層・トランスポート層の一般的な大量通信。Advanced: より大規模な攻撃やアプリケーション層の攻撃にも対応し、専任チームの支援と費用の補償が付きます。',
  ),
  doesNotStop: text(
    'Standard: floods of valid HTTP requests (that is a rate rule of WAF). Both: flaws of the application.',
    'Standardは正しいHTTPリクエストの大量送信を止めません(WAFのレートルールの役割です)。どちらもアプリケーションの欠陥には効きません。',
  ),
  confusedWith: text(
    'Shield absorbs floods, WAF judges requests, Network Firewall filters packets of a VPC. Advanced costs about 3,000 US dollars a month for at least a year and is easily switched on by mistake.',
    'Shieldは大量通信を吸収し、WAFはリクエストを判定し、Network FirewallはVPCのパケットをふるいにかけます。Advancedは月額約3,000米ドル・1年契約で、誤って有効にしやすいため注意してください。',
  ),
  facets: [STANDARD, ADVANCED],
  attachesTo: [
    'AWS::CloudFront::Distribution',
    'AWS::Route53::HostedZone',
    'AWS::GlobalAccelerator::Accelerator',
    'AWS::EC2::EIP',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence {
  const kind = stringFrom(property(place, 'Type'));
  if (
    place.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' &&
    kind !== undefined &&
    kind !== 'application'
  ) {
    return notApplicable(
      text(
        'protect the Elastic IP addresses of a network load balancer instead',
        'Network Load Balancerは、そのElastic IPアドレスを保護します',
      ),
      property(place, 'Type'),
    );
  }
  const advanced = advancedAt(graph, place);
  return {
    ...advanced,
    facets: [
      {
        id: STANDARD.id,
        state: 'on',
        because: text('every AWS customer has it', 'すべてのAWS利用者に適用されています'),
      },
      { id: ADVANCED.id, state: advanced.state, because: advanced.because },
    ],
  };
}

function advancedAt(graph: ResourceGraph, place: Resource): Presence {
  const protection = declared(graph, 'AWS::Shield::Protection').find(
    (each) =>
      graph.target(property(each, 'ResourceArn'))?.id === place.id ||
      referencesIn(property(each, 'ResourceArn')).some(({ resource }) => resource === place.id),
  );
  if (!protection) {
    return off(
      text(
        'Standard only: no protection of Advanced names it',
        'Standardのみです(Advancedの保護対象ではありません)',
      ),
    );
  }
  const [subscription] = declared(graph, 'Account::ShieldSubscription');
  if (subscription) {
    return providedBy(
      protection,
      providedBy(
        subscription,
        on(
          text(
            `${protection.name} protects it, with a subscription`,
            `${protection.name}が保護しています(契約あり)`,
          ),
        ),
      ),
    );
  }
  return providedBy(
    protection,
    unsure(
      text(
        `${protection.name} protects it if the account is subscribed; find out with: aws shield get-subscription-state (Terraform: aws_shield_subscription)`,
        `契約があれば${protection.name}が保護します。確認するコマンド: aws shield get-subscription-state(Terraformではaws_shield_subscription)`,
      ),
    ),
  );
}

function remedyAt(_: ResourceGraph, place: Resource): Remedy {
  return {
    summary: text(
      'Standard is enough for most; Advanced is worth its price only where an outage costs more. Consider CloudFront and a rate rule of WAF first.',
      '多くの場合はStandardで十分です。Advancedは停止の損失が費用を上回る場合に限り、まずCloudFrontとWAFのレートルールを検討してください。',
    ),
    edits: [
      runCommand('aws shield create-subscription'),
      addResource(logicalId(place, 'Protection'), 'AWS::Shield::Protection', {
        Name: place.name,
        ResourceArn: arnOf(place),
      }),
    ],
    needs: [
      text(
        'a decision to spend about 3,000 US dollars a month for at least a year',
        '月額約3,000米ドル・最低1年の支出の決裁',
      ),
    ],
  };
}

function arnOf(place: Resource) {
  switch (place.type) {
    case 'AWS::CloudFront::Distribution':
      return sub(`arn:{AWS::Partition}:cloudfront::{AWS::AccountId}:distribution/{${place.name}}`);
    case 'AWS::Route53::HostedZone':
      return sub(`arn:{AWS::Partition}:route53:::hostedzone/{${place.name}}`);
    case 'AWS::EC2::EIP':
      return sub(
        `arn:{AWS::Partition}:ec2:{AWS::Region}:{AWS::AccountId}:eip-allocation/{${place.name}.AllocationId}`,
      );
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return sub(
        `arn:{AWS::Partition}:elasticloadbalancing:{AWS::Region}:{AWS::AccountId}:loadbalancer/{${place.name}}`,
      );
    case 'AWS::GlobalAccelerator::Accelerator':
      return getAtt(place, 'AcceleratorArn');
    default:
      return ref(place);
  }
}
