import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { addResource, logicalId, ref, setProperty } from '../edits.ts';
import { notApplicable, off, on, partial, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { certificateProperties, tlsRemedy } from '../tls/remedy.ts';
import { leadingText, property } from '../values.ts';

/**
 * Certificates that renew by themselves. Source: AWS Certificate Manager user guide, "Managed certificate
 * renewal in AWS Certificate Manager": DNS-validated (while the record stays and the certificate is in
 * use) and private ones renew; e-mail-validated ones ask a person; imported ones never renew.
 */
export const definition = safeguard({
  id: 'acm',
  name: text('AWS Certificate Manager (ACM)', 'AWS Certificate Manager(ACM)'),
  alsoKnownAs: ['ACM', 'Certificate Manager', 'SSL証明書', 'サーバー証明書', '証明書'],
  factor: 'human-error',
  effect: 'block',
  price: 'free',
  stops: text(
    'A certificate that lapses because nobody renewed it, and private keys that lie on servers.',
    '更新を忘れて証明書が失効する事故と、サーバー上に置かれた秘密鍵の流出。',
  ),
  doesNotStop: text(
    'Plain HTTP beside HTTPS: the certificate alone redirects nothing; an old TLS version; a look-alike domain.',
    'HTTPSと並んで残る平文のHTTP(証明書だけではリダイレクトされません)、古いTLSバージョン、似せたドメイン名。',
  ),
  confusedWith: text(
    'ACM issues and renews certificates; TLS is the encryption that uses them; KMS keeps keys for data.',
    'ACMは証明書の発行と更新を、TLSはそれを使った暗号化を担います。KMSはデータ用の鍵を管理します。',
  ),
  attachesTo: [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::CloudFront::Distribution',
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGatewayV2::DomainName',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  if (place.type === 'AWS::ElasticLoadBalancingV2::Listener') {
    const protocol = stringFrom(property(place, 'Protocol'));
    if (protocol !== 'HTTPS' && protocol !== 'TLS') return withoutTls(place, protocol);
  }
  if (usesCloudFrontDomain(place)) {
    return notApplicable(
      text(
        'the default cloudfront.net certificate is AWS’s own',
        '既定のcloudfront.netの証明書はAWSが管理しています',
      ),
    );
  }
  const certificates = certificatesAt(place);
  if (certificates.length === 0) return off(text('no certificate is named', '証明書が指定されていません'));
  return worst(certificates.map((certificate) => certificatePresence(graph, certificate)));
}

function withoutTls(listener: Resource, protocol: string | undefined): Presence {
  const actions = itemsOf(property(listener, 'DefaultActions'));
  const onlyRedirects =
    actions.length > 0 && actions.every((each) => stringFrom(get(each, 'Type')) === 'redirect');
  if (onlyRedirects)
    return notApplicable(text('this listener only redirects', 'このリスナーはリダイレクトだけを行います'));
  if (protocol === 'HTTP')
    return off(
      text('an HTTP listener has no certificate', 'HTTPリスナーには証明書がありません'),
      property(listener, 'Protocol'),
    );
  return notApplicable(
    text('this listener ends no TLS', 'このリスナーはTLSを終端しません'),
    property(listener, 'Protocol'),
  );
}

function usesCloudFrontDomain(place: Resource): boolean {
  if (place.type !== 'AWS::CloudFront::Distribution') return false;
  const certificate = property(place, 'DistributionConfig', 'ViewerCertificate');
  return (
    certificate.kind === 'absent' || stringFrom(get(certificate, 'CloudFrontDefaultCertificate')) === 'true'
  );
}

function certificatesAt(place: Resource): readonly Value[] {
  return certificateValues(place).filter((value) => value.kind !== 'absent');
}

function certificateValues(place: Resource): readonly Value[] {
  switch (place.type) {
    case 'AWS::ElasticLoadBalancingV2::Listener':
      return itemsOf(property(place, 'Certificates')).map((each) => get(each, 'CertificateArn'));
    case 'AWS::CloudFront::Distribution':
      return ['AcmCertificateArn', 'IamCertificateId'].map((name) =>
        property(place, 'DistributionConfig', 'ViewerCertificate', name),
      );
    case 'AWS::ApiGateway::DomainName':
      return ['CertificateArn', 'RegionalCertificateArn'].map((name) => property(place, name));
    default:
      return itemsOf(property(place, 'DomainNameConfigurations')).map((each) => get(each, 'CertificateArn'));
  }
}

function certificatePresence(graph: ResourceGraph, value: Value): Presence {
  const certificate = graph.target(value);
  if (certificate?.type === 'AWS::CertificateManager::Certificate') {
    return providedBy(certificate, renewal(certificate));
  }
  const start = leadingText(value) ?? '';
  if (value.kind === 'known' && (start.includes(':iam:') || !start.startsWith('arn:'))) {
    return off(
      text('a server certificate of IAM does not renew by itself', 'IAMのサーバー証明書は自動更新されません'),
      value,
    );
  }
  return unsure(
    text(
      'the certificate is not among what was read: whether it renews by itself is not known',
      '証明書が読み取り対象に含まれていないため、自動更新されるかどうか分かりません',
    ),
    [value],
  );
}

function renewal(certificate: Resource): Presence {
  if (property(certificate, 'CertificateAuthorityArn').kind !== 'absent') {
    return on(text('a private certificate that renews by itself', '自動更新されるプライベート証明書です'));
  }
  const method = property(certificate, 'ValidationMethod');
  if (method.kind === 'unknown' || method.kind === 'oneOf') {
    return unsure(text('the validation method is not decided', '検証方法が未確定です'), [method]);
  }
  if (stringFrom(method) === 'DNS') {
    return on(
      text(
        `${certificate.name} is validated by DNS and renews by itself`,
        `${certificate.name}はDNS検証で、自動更新されます`,
      ),
      method,
    );
  }
  return partial(byEmail(certificate), method);
}

function byEmail(certificate: Resource): Text {
  return text(
    `${certificate.name} is validated by e-mail: each renewal waits for a person`,
    `${certificate.name}はメール検証のため、更新のたびに人の承認が必要です`,
  );
}

/** With several certificates the weakest decides. */
function worst(presences: readonly Presence[]): Presence | undefined {
  for (const state of ['off', 'partial', 'unknown', 'on'] as const) {
    const found = presences.find((each) => each.state === state);
    if (found) return found;
  }
  return undefined;
}

function remedyAt(graph: ResourceGraph, place: Resource): Remedy {
  const isListener = place.type === 'AWS::ElasticLoadBalancingV2::Listener';
  if (isListener && stringFrom(property(place, 'Protocol')) === 'HTTP') return tlsRemedy(graph, place);
  const certificate = certificatesAt(place)
    .map((value) => graph.target(value))
    .find((each) => each?.type === 'AWS::CertificateManager::Certificate');
  const needs = [
    text(
      'a domain name that you own, and its public hosted zone in Route 53 (parameters DomainName and HostedZoneId)',
      '自分で所有するドメイン名と、そのRoute 53パブリックホストゾーン(パラメータDomainNameとHostedZoneId)',
    ),
  ];
  const summary = text('Use a DNS-validated certificate of ACM.', 'DNS検証のACM証明書を使います。');
  if (certificate) {
    const { ValidationMethod, DomainValidationOptions } = certificateProperties();
    return {
      summary,
      needs,
      edits: [
        setProperty(certificate, 'ValidationMethod', ValidationMethod ?? 'DNS'),
        setProperty(certificate, 'DomainValidationOptions', DomainValidationOptions ?? []),
      ],
    };
  }
  const name = logicalId(place, 'Certificate');
  const add = addResource(name, 'AWS::CertificateManager::Certificate', certificateProperties());
  if (place.type === 'AWS::CloudFront::Distribution') {
    return { summary, needs: [...needs, IN_US_EAST_1], edits: [add, viewerCertificate(place, name)] };
  }
  const paths: Readonly<Record<string, string>> = {
    'AWS::ElasticLoadBalancingV2::Listener': 'Certificates.0.CertificateArn',
    'AWS::ApiGateway::DomainName': 'RegionalCertificateArn',
    'AWS::ApiGatewayV2::DomainName': 'DomainNameConfigurations.0.CertificateArn',
  };
  const path = paths[place.type];
  return { summary, needs, edits: path ? [add, setProperty(place, path, ref(name))] : [add] };
}

const IN_US_EAST_1 = text(
  'a stack in us-east-1: CloudFront takes only certificates of that Region',
  'us-east-1リージョンのスタック(CloudFrontはこのリージョンの証明書だけを使えます)',
);

/** One certificate in the place of the other; CloudFront wants to be told the rest with it ("ViewerCertificate"). */
function viewerCertificate(distribution: Resource, certificate: string): Edit {
  const written = property(distribution, 'DistributionConfig', 'ViewerCertificate');
  const version = stringFrom(get(written, 'MinimumProtocolVersion')) ?? '';
  return setProperty(distribution, 'DistributionConfig.ViewerCertificate', {
    AcmCertificateArn: ref(certificate),
    SslSupportMethod: stringFrom(get(written, 'SslSupportMethod')) ?? 'sni-only',
    MinimumProtocolVersion: /^TLSv1\.[23]_/.test(version) ? version : 'TLSv1.2_2021',
  });
}
