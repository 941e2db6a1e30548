import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { RequestFacts } from '../../platform/context.ts';
import { users } from '../../services/iam/collections.ts';
import { ROUTES, type Route } from '../contract.ts';
import { type Asked, FileAnswer, type SignedInActor } from '../handlers/asked.ts';
import { DECISION_HANDLERS } from '../handlers/decisions.ts';
import { ENTRY_HANDLERS } from '../handlers/entries.ts';
import { FIX_HANDLERS } from '../handlers/fix.ts';
import { HISTORY_HANDLERS } from '../handlers/histories.ts';
import { MY_HANDLERS } from '../handlers/me.ts';
import { PAGE_HANDLERS } from '../handlers/pages.ts';
import { SESSION_HANDLERS } from '../handlers/session.ts';
import type { ConsoleHost } from '../host.ts';
import type { Visitor } from '../pages/visitor.ts';
import { actorOf, askerFor, demand } from '../sign-in/actor.ts';
import { csrfOf, noteSeen, type OpenSession, sessionOf } from '../sign-in/session-records.ts';
import { checked, jsonBody, queryOf } from './body.ts';
import { cookieHeader, cookieOf } from './cookie.ts';
import type { EventStreams } from './events.ts';
import { checkHost, checkSameSite } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { openApi } from './openapi.ts';
import { type Refusal, refusalOf, refuse } from './problem.ts';
import type { StaticFiles } from './static.ts';

const HANDLERS = {
  ...SESSION_HANDLERS,
  ...MY_HANDLERS,
  ...PAGE_HANDLERS,
  ...DECISION_HANDLERS,
  ...HISTORY_HANDLERS,
  ...FIX_HANDLERS,
  ...ENTRY_HANDLERS,
};

const NO_FIELDS = z.strictObject({});

/** A handler as the dispatch sees it: the contract has checked what goes in. */
type AnyHandler = (asked: Asked<'POST /api/sign-in'>) => unknown;

export interface AppParts {
  readonly host: ConsoleHost;
  readonly events: EventStreams;
  readonly files: StaticFiles;
  /** The address that a request came from. */
  addressOf(context: Context): string;
  onDefect(error: unknown): void;
}

/** The console's HTTP application: who may ask, what they ask, and how it is refused. */
export function consoleApp(parts: AppParts): Hono {
  const { host, files } = parts;
  const app = new Hono();
  const headers = securityHeaders(host.origin.protocol === 'https:');
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
    if (context.req.path.startsWith('/api/')) context.res.headers.set('cache-control', 'no-store');
  });
  app.use(async (context, next) => {
    const elsewhere = checkHost(context, host);
    return elsewhere === undefined ? next() : context.redirect(elsewhere);
  });
  let description: unknown;
  app.get('/api/openapi.json', (context) => {
    description ??= openApi();
    return context.json(description);
  });
  for (const [key, route] of Object.entries(ROUTES)) {
    const [method = 'GET', path = ''] = key.split(' ');
    app.on(method, path, (context) => answer(parts, key, route, context));
  }
  app.all('/api/*', () => {
    throw refuse(404, 'no-route', 'the API has nothing at this address', 'このアドレスのAPIはありません');
  });
  app.get('*', (context) =>
    files.answer(context.req.path, {
      gzip: /\bgzip\b/.test(context.req.header('accept-encoding') ?? ''),
      page: /\btext\/html\b/.test(context.req.header('accept') ?? ''),
    }),
  );
  app.onError((error, context) => {
    const refusal = refusalOf(error) ?? defect(parts, error);
    return context.json(refusal.problem, refusal.status as 400, refusal.headers);
  });
  return app;
}

/** Of a defect nothing is told but that there was one. */
function defect({ onDefect }: AppParts, error: unknown): Refusal {
  onDefect(error);
  return refuse(
    500,
    'defect',
    'something went wrong here; it was logged',
    '内部エラーが発生しました(記録済み)',
  );
}

async function answer(parts: AppParts, key: string, route: Route, context: Context): Promise<Response> {
  const { host } = parts;
  const { store, now } = host.platform;
  let cookie = cookieOf(context);
  checkSameSite(context, host, cookie);
  const request = factsOf(parts, context);
  const session = await sessionOf(store, cookie, now());
  let known: SignedInActor | undefined;
  const actor = async () => {
    known ??= await signedInActor(host, session, request, key);
    return known;
  };
  await admit(host, key, route, context, actor);
  if (session) await noteSeen(store, session, now());
  if (key === 'GET /api/events') return parts.events.answer(context, cookie);
  let changed = false;
  const asked = {
    host,
    parts: context.req.param() as Readonly<Record<string, string>>,
    query: checked(route.query ?? NO_FIELDS, queryOf(context.req.url), 'query'),
    body: route.body ? checked(route.body, await jsonBody(context), 'body') : undefined,
    request,
    // A session is noted as seen above: what was read may be in an older version.
    session: session && (await sessionOf(store, cookie, now())),
    actor,
    visitor: async () => visitorOf(host, await actor()),
    setCookie(given: string | undefined) {
      cookie = given;
      changed = true;
    },
    csrf: () => csrfOf(host.secret, cookie),
  };
  const handler = HANDLERS[key as keyof typeof HANDLERS] as unknown as AnyHandler;
  const result = await handler(asked as unknown as Asked<'POST /api/sign-in'>);
  const response = result instanceof FileAnswer ? fileResponse(result) : context.json(result as object);
  if (changed) response.headers.append('set-cookie', cookieHeader(cookie));
  return response;
}

/** Whoever is not signed in, or may not, learns nothing of what is asked for. @throws Refusal 401, 403 */
async function admit(
  host: ConsoleHost,
  key: string,
  { action, access }: Route,
  context: Context,
  actor: () => Promise<SignedInActor>,
): Promise<void> {
  if (access === 'open') return;
  const { asker } = await actor();
  if (action !== undefined) await demand(asker, { action, resource: resourceOf(host, key, context) });
}

/** The part of the environment that a route is about. */
function resourceOf({ workspace }: ConsoleHost, key: string, context: Context): string {
  const { environment } = workspace.view();
  const { id, format } = context.req.param() as Readonly<Record<string, string | undefined>>;
  if (key.includes('/api/risks/:id') && id !== undefined) return `risk/${environment}/${id}`;
  if (key === 'POST /api/proposals' || key === 'POST /api/review') return `risk/${environment}/*`;
  if (format !== undefined) return `report/${environment}/${format}`;
  return `environment/${environment}`;
}

async function signedInActor(
  host: ConsoleHost,
  session: OpenSession | undefined,
  request: RequestFacts,
  key: string,
): Promise<SignedInActor> {
  const actor = session?.value.state === 'signed-in' ? await actorOf(host, session) : undefined;
  if (!actor) throw refuse(401, 'signed-out', 'sign in first', 'サインインしてください');
  const user = await host.platform.store.get(users, actor.principal.id);
  const mustChange = user?.value.login?.resetRequired === true;
  if (mustChange && key !== 'POST /api/me/password' && key !== 'POST /api/sign-out') {
    throw refuse(
      403,
      'password-change-needed',
      'change your password first',
      '先にパスワードを変更してください',
    );
  }
  return { ...actor, asker: await askerFor(host, actor, request) };
}

async function visitorOf(host: ConsoleHost, { person, session, asker }: SignedInActor): Promise<Visitor> {
  const resource = `risk/${host.workspace.view().environment}/*`;
  const may = (action: string) => asker.allows({ action, resource });
  const [mayPropose, mayDecide, mayClose, mayChangeClass] = await Promise.all([
    may('ProposeTreatment'),
    may('DecideRisk'),
    may('CloseRisk'),
    may('ChangeClass'),
  ]);
  return { person, mfa: session.value.mfa, mayPropose, mayDecide, mayClose, mayChangeClass };
}

function factsOf({ addressOf, host }: AppParts, context: Context): RequestFacts {
  return {
    sourceIp: addressOf(context),
    userAgent: (context.req.header('user-agent') ?? '').slice(0, 1_024),
    secureTransport: host.origin.protocol === 'https:',
    host: (context.req.header('host') ?? '').slice(0, 255),
  };
}

/** Always saved, never shown as a page of this origin. */
function fileResponse({ content, media, name }: FileAnswer): Response {
  const body = typeof content === 'string' ? content : new Uint8Array(content);
  return new Response(body, {
    headers: {
      'content-type': media,
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}
