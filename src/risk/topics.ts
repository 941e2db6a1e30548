import type { ResourceGraph } from '../environment/graph.ts';
import { answerOf, arnOf, readNamed } from '../environment/reachability/index.ts';
import { compilePolicies, evaluate } from '../iam/engine.ts';
import { type Answer, NO, YES } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get } from '../model/value.ts';

/** Services that publish with the default topic policy, which admits the own account's principals. */
const BY_DEFAULT = ['cloudwatch.amazonaws.com'];

/**
 * Whether a service may publish to a topic. CloudWatch alarms work with the default policy; EventBridge
 * needs a statement of its own ("Using resource-based policies for Amazon EventBridge"). A statement whose
 * conditions name the own account or rule is taken to be meant for it.
 */
export function servicePublishes(graph: ResourceGraph, topic: Resource, service: string): Answer {
  const policies = graph.referrersOfType(topic, 'AWS::SNS::TopicPolicy');
  if (policies.length === 0) return BY_DEFAULT.includes(service) ? YES : NO;
  const documents = policies.map((policy) => get(policy.properties, 'PolicyDocument'));
  const [document] = documents;
  if (!document) return NO;
  const program = compilePolicies(documents.map((each) => readNamed(graph, each)));
  const decision = evaluate(
    { resource: program },
    {
      principal: { type: 'service', name: service },
      action: 'sns:Publish',
      resource: arnOf(topic),
      otherKeys: 'unknown',
    },
  );
  const onlyConditionsOpen = decision.verdict === 'UNKNOWN' && documents.every((each) => each.kind === 'map');
  return onlyConditionsOpen ? YES : answerOf(decision, document);
}
