import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { add, property, referred, resolve } from './lookup.ts';
import { type Forward, hop } from './types.ts';

export const REST_API = 'AWS::ApiGateway::RestApi';
export const HTTP_API = 'AWS::ApiGatewayV2::Api';

interface Integration {
  readonly by: Resource;
  readonly target: Resource;
  readonly sure: Forward['answer'];
}

function indexIntegrations(graph: ResourceGraph): Map<string, Integration[]> {
  const index = new Map<string, Integration[]>();
  for (const method of graph.ofType('AWS::ApiGateway::Method')) {
    const api = referred(graph, property(method, 'RestApiId'), REST_API);
    if (api) addTargets(graph, index, api, method, get(property(method, 'Integration'), 'Uri'));
  }
  for (const integration of graph.ofType('AWS::ApiGatewayV2::Integration')) {
    const api = referred(graph, property(integration, 'ApiId'), HTTP_API);
    if (api) addTargets(graph, index, api, integration, property(integration, 'IntegrationUri'));
  }
  return index;
}

function addTargets(
  graph: ResourceGraph,
  index: Map<string, Integration[]>,
  api: Resource,
  by: Resource,
  uri: ReturnType<typeof property>,
): void {
  for (const { resource, sure } of resolve(graph, uri).found) {
    add(index, api.id, { by, target: resource, sure: all([by.exists, sure]) });
  }
}

/** What an API Gateway API integrates with (functions, load balancers). */
export function gatewayForwards(graph: ResourceGraph, api: Resource): readonly Forward[] {
  const integrations = graph.memo(indexIntegrations).get(api.id) ?? [];
  return integrations.map(({ by, target, sure }) => ({
    by: by.id,
    target: target.id,
    hops: [hop(by.id, text(`${api.name} calls ${target.name}`, `${api.name}が${target.name}を呼び出す`), by)],
    answer: all([api.exists, sure]),
  }));
}
