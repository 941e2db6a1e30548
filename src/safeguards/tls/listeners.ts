import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, answer, ask, not, someItem, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import { type FacetPresence, notApplicable, off, on, presenceOf, rollUp, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';

/**
 * Security policies that accept nothing older than TLS 1.2 (Elastic Load Balancing user guide, "Security
 * policies for your Application Load Balancer"). Without `SslPolicy` the API and CloudFormation use
 * ELBSecurityPolicy-2016-08, which accepts TLS 1.0.
 */
const CURRENT_POLICY = /^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-/;

/** TLS of a listener of an Application or Network Load Balancer. */
export function atListener(graph: ResourceGraph, listener: Resource): Presence {
  const protocol = stringFrom(property(listener, 'Protocol')) ?? protocolOfPort(listener);
  switch (protocol) {
    case 'HTTPS':
    case 'TLS':
      return rollUp([
        {
          facet: FACETS.listener,
          presence: on(text(`${protocol} on this listener`, `このリスナーは${protocol}です`)),
        },
        { facet: FACETS.policy, presence: listenerPolicy(listener) },
      ]);
    case 'HTTP':
      return plainListener(graph, listener);
    case 'TCP':
      return unsure(
        text(
          'a TCP listener passes bytes through: whether they are TLS is decided behind it',
          'TCPリスナーはバイト列をそのまま通します。TLSかどうかは背後で決まります',
        ),
        [property(listener, 'Protocol')],
      );
    case undefined:
      return unsure(text('the protocol is not decided', 'プロトコルが未確定です'), [
        property(listener, 'Protocol'),
      ]);
    default:
      return notApplicable(text(`${protocol} carries no TLS`, `${protocol}はTLSを使いません`));
  }
}

function protocolOfPort(listener: Resource): string | undefined {
  if (property(listener, 'Protocol').kind !== 'absent') return undefined;
  const port = numberFrom(property(listener, 'Port'));
  return port === 80 || port === 8080 ? 'HTTP' : port === 443 || port === 8443 ? 'HTTPS' : undefined;
}

function listenerPolicy(listener: Resource): Presence {
  const policy = property(listener, 'SslPolicy');
  if (policy.kind === 'absent') {
    return off(
      text(
        'no SslPolicy: the default ELBSecurityPolicy-2016-08 still accepts TLS 1.0',
        'SslPolicyの指定がなく、TLS 1.0も受け入れる既定のELBSecurityPolicy-2016-08になります',
      ),
      policy,
    );
  }
  const shown = stringFrom(policy) ?? '';
  return presenceOf(
    ask(policy, (each) => CURRENT_POLICY.test(stringFrom(each) ?? '')),
    {
      on: text(`${shown} accepts TLS 1.2 and newer only`, `${shown}はTLS 1.2以降だけを受け入れます`),
      off: text(
        `${shown} accepts versions older than TLS 1.2`,
        `${shown}はTLS 1.2より古いバージョンも受け入れます`,
      ),
      unknown: text('the security policy is not decided', 'セキュリティポリシーが未確定です'),
    },
    policy,
  );
}

/** An HTTP listener is sound when nothing on it is forwarded: not its default action, not one of its rules. */
function plainListener(graph: ResourceGraph, listener: Resource): Presence {
  const rules = graph.referrersOfType(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  const ruleActions = rules.map((rule) => property(rule, 'Actions'));
  const defaults = property(listener, 'DefaultActions');
  const redirects = all([defaults, ...ruleActions].map(alwaysRedirects));
  const forwards = all([defaults, ...ruleActions].map((actions) => not(someItem(actions, serves))));
  const culprit = [defaults, ...ruleActions].find((actions) => someItem(actions, serves).is === 'yes');
  const facets: FacetPresence[] = [
    {
      facet: FACETS.listener,
      presence: presenceOf(
        forwards,
        {
          on: text('nothing is served over plain HTTP here', 'ここでは平文のHTTPで何も提供しません'),
          off: text(
            'plain HTTP is forwarded to the application',
            '平文のHTTPがアプリケーションへ転送されます',
          ),
          unknown: text(
            'whether plain HTTP is forwarded is not decided',
            '平文のHTTPが転送されるかどうかが未確定です',
          ),
        },
        culprit ?? defaults,
      ),
    },
  ];
  if (redirects.is === 'yes') {
    facets.push({
      facet: FACETS.redirect,
      presence: on(
        text('everything is redirected to HTTPS', 'すべてHTTPSへ転送(リダイレクト)されます'),
        defaults,
      ),
    });
  } else if (forwards.is !== 'yes') {
    facets.push({
      facet: FACETS.redirect,
      presence: presenceOf(
        redirects,
        {
          on: text('everything is redirected to HTTPS', 'すべてHTTPSへリダイレクトされます'),
          off: text('no redirect to HTTPS', 'HTTPSへのリダイレクトがありません'),
          unknown: text('whether it redirects is not decided', 'リダイレクトするかどうかが未確定です'),
        },
        culprit ?? defaults,
      ),
    });
  }
  return rollUp(facets);
}

/** An action that hands the request to an application. */
function serves(action: Value): Answer {
  return ask(get(action, 'Type'), (type) =>
    ['forward', 'authenticate-oidc', 'authenticate-cognito'].includes(stringFrom(type) ?? ''),
  );
}

function alwaysRedirects(actions: Value): Answer {
  if (actions.kind === 'unknown') return undecided(actions);
  const redirectToHttps = (action: Value) =>
    all([
      ask(get(action, 'Type'), (type) => stringFrom(type) === 'redirect'),
      ask(
        get(action, 'RedirectConfig', 'Protocol'),
        (protocol) => stringFrom(protocol) === 'HTTPS',
        answer(false),
      ),
    ]);
  return someItem(actions, redirectToHttps);
}

/** Classic Load Balancers keep their listeners in one list. */
export function atClassicLoadBalancer(loadBalancer: Resource): Presence {
  const listeners = property(loadBalancer, 'Listeners');
  if (listeners.kind === 'unknown')
    return unsure(text('the listeners are not decided', 'リスナーが未確定です'), [listeners]);
  const plain = someItem(listeners, (each) =>
    ask(get(each, 'Protocol'), (protocol) =>
      ['HTTP', 'TCP'].includes((stringFrom(protocol) ?? '').toUpperCase()),
    ),
  );
  return rollUp([
    {
      facet: FACETS.listener,
      presence: presenceOf(
        not(plain),
        {
          on: text('every listener speaks HTTPS or TLS', 'すべてのリスナーがHTTPSまたはTLSです'),
          off: text('a listener takes plain HTTP or TCP', '平文のHTTPまたはTCPを受けるリスナーがあります'),
          unknown: text('the protocol of a listener is not decided', 'リスナーのプロトコルが未確定です'),
        },
        listeners,
      ),
    },
  ]);
}
