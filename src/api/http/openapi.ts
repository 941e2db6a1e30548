import { z } from 'zod';
import { VERSION } from '../../kernel/version.ts';
import { ProblemSchema, ROUTES, type Route } from '../contract.ts';

type Json = Readonly<Record<string, unknown>>;

/** The API as OpenAPI 3.1, made from the same schemas that requests are checked by. */
export function openApi(): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, route] of Object.entries(ROUTES)) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(path, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Honmaru console',
      version: VERSION,
      description:
        'Sign in with POST /api/sign-in; the session is a cookie. What changes something carries the header X-Honmaru-Csrf with the token that GET /api/session answers.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-honmaru' } },
    },
  };
}

function operation(path: string, route: Route): Json {
  const { summary, action, access, query, body, answer, media = 'application/json' } = route;
  const parts = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    summary,
    ...(action !== undefined && { 'x-honmaru-action': `honmaru:${action}` }),
    ...(access !== 'open' && { security: [{ session: [] }] }),
    parameters: [...parts, ...queryParameters(query)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      200: { description: 'The answer', content: { [media]: { schema: schemaOf(answer, 'output') } } },
      default: {
        description: 'Why it was refused',
        content: { 'application/json': { schema: schemaOf(ProblemSchema, 'output') } },
      },
    },
  };
}

function queryParameters(query: z.ZodType | undefined): readonly Json[] {
  if (!query) return [];
  const { properties = {} } = schemaOf(query, 'input') as { readonly properties?: Json };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
}
