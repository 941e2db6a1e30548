import {
  CADDY_SITE,
  COMPOSE_SERVICE,
  SITES,
  serviceWays,
  sitesOn,
} from '../environment/self-hosted/topology.ts';
import { type Text, text } from '../kernel/texts.ts';
import { isTrue } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../model/value.ts';
import { notApplicable, off, on, partial, rollUp, unsure } from './presence.ts';
import type { Presence } from './safeguard.ts';
import type { SelfHostedExtension } from './self-hosted-extension.ts';

const isCaddy = (place: Resource) => place.type === CADDY_SITE;

const WAF_FACETS = {
  common: { id: 'common', name: text('common rules', '共通ルール') },
  sqli: { id: 'sqli', name: text('SQL injection rules', 'SQLインジェクション対策ルール') },
  rate: { id: 'rate', name: text('rate limit', 'レート制限') },
} as const;

const BEHIND = text(
  'take its ports away, and let the web server pass requests to it',
  'portsを消し、Webサーバ経由で転送する',
);

const PAST = off(text('requests arrive here past every web server', '間にWebサーバを挟まず直接届きます'));

/** ModSecurity in nginx (`modsecurity on`), Coraza in Caddy (`coraza_waf`), and the rate limits of both. */
export const waf: SelfHostedExtension = {
  id: 'waf',
  name: text('ModSecurity or Coraza', 'ModSecurityまたはCoraza'),
  attachesTo: [...SITES, COMPOSE_SERVICE],
  presence: (graph, place) => {
    if (place.type === COMPOSE_SERVICE) {
      const isEntry =
        serviceWays(graph).some(({ front }) => front === place) && sitesOn(graph, place).length === 0;
      return isEntry
        ? rollUp(Object.values(WAF_FACETS).map((facet) => ({ facet, presence: PAST })))
        : undefined;
    }
    const rules = firewallRules(place);
    const rate = get(place.properties, 'RateLimit');
    const limited = isTrue(rate).is === 'yes';
    return rollUp([
      { facet: WAF_FACETS.common, presence: rules },
      { facet: WAF_FACETS.sqli, presence: rules },
      {
        facet: WAF_FACETS.rate,
        presence: limited
          ? on(text('requests are limited per address', 'アドレスごとにリクエスト数を制限しています'), rate)
          : off(text('requests are not limited', 'リクエスト数の制限がありません')),
      },
    ]);
  },
  remedy: (place) =>
    place.type === COMPOSE_SERVICE
      ? BEHIND
      : isCaddy(place)
        ? text(
            'build Caddy with coraza-caddy and rate_limit; in the site: coraza_waf { load_owasp_crs; directives `Include @owasp_crs/*.conf\\nSecRuleEngine On` }',
            'coraza-caddy と rate_limit を組み込んだCaddyを使い、サイトに coraza_waf { load_owasp_crs; directives `Include @owasp_crs/*.conf\\nSecRuleEngine On` } を書く',
          )
        : text(
            'use the image owasp/modsecurity-crs:nginx, or load the module and write: modsecurity on; modsecurity_rules_file /etc/modsecurity/main.conf; and limit_req zone=…;',
            'イメージ owasp/modsecurity-crs:nginx を使うか、モジュールを読み込んで modsecurity on; modsecurity_rules_file /etc/modsecurity/main.conf; と limit_req zone=…; を書く',
          ),
};

function firewallRules(place: Resource): Presence {
  const firewall = get(place.properties, 'Firewall');
  if (isTrue(firewall).is !== 'yes') {
    return off(
      isCaddy(place)
        ? text('there is no coraza_waf in the site', 'サイトにcoraza_wafがありません')
        : text('modsecurity is not on', 'modsecurityが有効ではありません'),
      firewall.kind === 'absent' ? undefined : firewall,
    );
  }
  const rules = itemsOf(get(place.properties, 'FirewallRules')).map((rule) => stringFrom(rule) ?? '');
  const written = rules.join('\n');
  if (rules.length === 0)
    return off(
      text('the firewall is on without a rule', 'ファイアウォールは有効ですが、ルールがありません'),
      firewall,
    );
  if (/SecRuleEngine\s+DetectionOnly/i.test(written))
    return off(text('the rules only detect', 'ルールは検知のみです'), firewall);
  if (/SecRuleEngine\s+On/i.test(written) && /crs/i.test(written)) {
    return on(text('the OWASP core rules block', 'OWASPコアルールが遮断します'), firewall);
  }
  return unsure(
    text(
      'whether the rules of the file block is written in files that were not read',
      'ルールが遮断するかどうかは、読み取っていないファイルに書かれています',
    ),
    [firewall],
  );
}

const TLS_FACETS = {
  listener: { id: 'listener', name: text('encryption', '通信の暗号化') },
  redirect: { id: 'redirect', name: text('redirect to HTTPS', 'HTTPSへのリダイレクト') },
  policy: { id: 'policy', name: text('TLS version', 'TLSバージョン') },
} as const;

/** TLS at a site: on its listeners, with a redirect beside them, in a current version. */
export const tls: SelfHostedExtension = {
  id: 'tls',
  name: text('TLS (HTTPS)', 'TLS(HTTPS)'),
  attachesTo: [...SITES, COMPOSE_SERVICE],
  presence: (graph, place) => {
    if (place.type === COMPOSE_SERVICE) {
      const isEntry = serviceWays(graph).some(({ front }) => front === place);
      return isEntry
        ? unsure(
            text(
              'what the program speaks on its published port is not written here',
              '公開ポートで何を話すかは、ここには書かれていません',
            ),
          )
        : undefined;
    }
    const listens = itemsOf(get(place.properties, 'Listen'));
    const plain = listens.filter((listen) => isTrue(get(listen, 'Tls')).is === 'no');
    const redirects = isTrue(get(place.properties, 'RedirectsToHttps')).is === 'yes';
    return rollUp([
      { facet: TLS_FACETS.listener, presence: encryption(listens, plain, redirects) },
      { facet: TLS_FACETS.redirect, presence: redirection(plain, redirects) },
      { facet: TLS_FACETS.policy, presence: version(place, listens.length > plain.length) },
    ]);
  },
  remedy: (place) =>
    place.type === COMPOSE_SERVICE
      ? BEHIND
      : isCaddy(place)
        ? text(
            'name the site by its host name without http://, and leave auto_https on',
            'サイトをhttp://なしのホスト名で書き、auto_httpsを有効のままにする',
          )
        : text(
            'listen 443 ssl; ssl_protocols TLSv1.2 TLSv1.3; and in the server on port 80: return 301 https://$host$request_uri;',
            'listen 443 ssl; ssl_protocols TLSv1.2 TLSv1.3; とし、ポート80のserverに return 301 https://$host$request_uri; を書く',
          ),
};

function encryption(listens: readonly Value[], plain: readonly Value[], redirects: boolean): Presence {
  if (plain.length === 0)
    return on(text('every listener speaks TLS', 'すべての待受ポートがTLSです'), listens[0]);
  if (redirects)
    return on(
      text('what is not TLS only redirects to it', 'TLSでないポートはHTTPSへの転送だけです'),
      plain[0],
    );
  if (plain.length < listens.length)
    return partial(text('one listener answers without TLS', 'TLSなしで応答するポートがあります'), plain[0]);
  return off(text('answers without TLS', 'TLSなしで応答します'), plain[0]);
}

function redirection(plain: readonly Value[], redirects: boolean): Presence {
  if (plain.length === 0)
    return notApplicable(text('there is no plain listener here', '平文の待受ポートはありません'));
  return redirects
    ? on(text('sends everybody to HTTPS', 'HTTPSに転送します'))
    : off(text('serves plain HTTP instead of a redirect', '転送せず平文のHTTPで応答します'), plain[0]);
}

function version(place: Resource, speaksTls: boolean): Presence {
  if (!speaksTls) return notApplicable(text('no listener speaks TLS', 'TLSの待受ポートがありません'));
  const protocols = get(place.properties, 'Protocols');
  if (protocols.kind === 'absent') {
    return isCaddy(place)
      ? on(text('Caddy speaks TLS 1.2 and later by default', 'Caddyの既定はTLS 1.2以上です'))
      : unsure(
          text(
            'ssl_protocols is not written: nginx before 1.23.4 accepts TLS 1.0',
            'ssl_protocolsの指定がありません。nginx 1.23.4より前はTLS 1.0を受け付けます',
          ),
        );
  }
  const old = itemsOf(protocols).find((each) => OLD.test(stringFrom(each) ?? ''));
  return old
    ? off(text(`accepts ${stringFrom(old)}`, `${stringFrom(old)}を受け付けます`), old)
    : on(text('accepts TLS 1.2 and later only', 'TLS 1.2以上だけを受け付けます'), protocols);
}

export const OLD = /^(?:SSLv[23]|TLSv1(?:\.[01])?|tls1\.[01])$/i;

/** The access log of a site. */
export const logging: SelfHostedExtension = {
  id: 'logging',
  name: text('Access logs', 'アクセスログ'),
  attachesTo: [...SITES],
  presence: (_, place) => {
    const log = get(place.properties, 'AccessLog');
    return isTrue(log).is === 'yes'
      ? on(text('requests are logged', 'アクセスログを記録しています'))
      : off(text('requests are not logged', 'アクセスログを記録していません'), log);
  },
  remedy: (place): Text =>
    isCaddy(place)
      ? text('write log in the site', 'サイトにlogを書く')
      : text('take access_log off; away', 'access_log off; を消す'),
};
