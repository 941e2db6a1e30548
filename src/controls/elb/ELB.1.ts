import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, everyItem, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { control, fail, notApplicable, pass, undecidable } from '../control.ts';
import { APPLICATION } from './attributes.ts';
import { listenersOf, redirectsToHttps, speaks } from './listeners.ts';

/** AWS Security Hub controls reference, ELB.1: every HTTP listener, its rules too, sends its clients to HTTPS. */
export const definition = control({
  id: 'ELB.1',
  title: text(
    'Application load balancers send HTTP clients to HTTPS',
    'Application Load Balancer がHTTPをHTTPSへリダイレクトする',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  configRule: 'alb-http-to-https-redirection-check',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(22)',
      'AC-17(2)',
      'AC-24(1)',
      'AU-9(3)',
      'CA-9b',
      'IA-5(1)(c)',
      'PM-17b',
      'SC-7(4)(b)',
      'SC-7(4)(g)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-8(5)',
      'SC-13a',
      'SC-23',
      'SI-1a.2',
      'SI-1c.2',
    ],
    'pci-dss-3.2.1': ['2.3', '4.1', '8.2.1'],
  },
  basis: 'effective',
  evaluate(loadBalancer, graph) {
    if (APPLICATION.holds(loadBalancer, graph).is === 'no') return notApplicable(APPLICATION.otherwise);
    const listeners = listenersOf(loadBalancer, graph);
    const actions = listeners.flatMap((listener) => actionsOf(listener, graph));
    const answers = actions.map(({ holder, listener, value }) =>
      all([
        listener.exists,
        holder.exists,
        speaks(listener, 'HTTP'),
        not(everyItem(value, redirectsToHttps)),
      ]),
    );
    const plain = actions[answers.findIndex((each) => each.is === 'yes')];
    if (plain) return fail(plain.holder === plain.listener ? SERVES_PLAIN : RULE_SERVES_PLAIN, plain.value);
    const open = any(answers);
    if (open.is === 'unknown') return undecidable(UNDECIDED, open.undecided);
    return pass(listeners.length > 0 ? REDIRECTS : SILENT);
  },
  remedy: (loadBalancer, graph) => ({
    summary: text(
      'Let the HTTP listener redirect to HTTPS, and serve the application on an HTTPS listener',
      'HTTPリスナーはHTTPSへのリダイレクトだけにし、HTTPSリスナーで提供する',
    ),
    edits: listenersOf(loadBalancer, graph)
      .filter((listener) => servesPlainly(listener).is === 'yes')
      .map((listener) => ({
        kind: 'set-property',
        resource: listener.id,
        path: ['DefaultActions'],
        value: [
          { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
        ],
      })),
    needs: [text('a domain name and its certificate', 'ドメイン名とその証明書')],
  }),
});

const SERVES_PLAIN = text(
  'an HTTP listener answers instead of redirecting to HTTPS',
  'HTTPリスナーがHTTPSへリダイレクトせずに応答しています',
);
const RULE_SERVES_PLAIN = text(
  'a rule of an HTTP listener answers instead of redirecting to HTTPS',
  'HTTPリスナーのルールがHTTPSへリダイレクトせずに応答しています',
);
const REDIRECTS = text('no HTTP listener answers by itself', '平文のまま応答するHTTPリスナーはありません');
const SILENT = text('no listener is declared', 'リスナーが宣言されていません');
const UNDECIDED = text(
  'whether an HTTP listener redirects cannot be decided',
  'HTTPリスナーがリダイレクトするか決められません',
);

interface Actions {
  readonly listener: Resource;
  /** The listener itself, or one of its rules. */
  readonly holder: Resource;
  readonly value: Value;
}

/** What a listener does by default, and what each of its rules does before that. */
function actionsOf(listener: Resource, graph: ResourceGraph): readonly Actions[] {
  const rules = graph.referrersOfType(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  return [
    { listener, holder: listener, value: get(listener.properties, 'DefaultActions') },
    ...rules.map((rule) => ({ listener, holder: rule, value: get(rule.properties, 'Actions') })),
  ];
}

function servesPlainly(listener: Resource): Answer {
  return all([
    speaks(listener, 'HTTP'),
    not(everyItem(get(listener.properties, 'DefaultActions'), redirectsToHttps)),
  ]);
}
