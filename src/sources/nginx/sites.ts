import { basename } from 'node:path/posix';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, known, list, map, type Value } from '../../model/value.ts';
import { NGINX_SERVER } from '../self-hosted.ts';
import { allNamed, type Directive, named, textsOf } from './directive.ts';

/** Whether the directives are those of a web server: servers at the top, in `http`, or an `http` block. */
export function isNginx(directives: readonly Directive[]): boolean {
  return directives.some(({ name, block }) => block && (name === 'http' || name === 'server'));
}

/**
 * The virtual servers of a configuration as resources. Properties, which Caddy's sites share: `Listen`
 * (`Address`, `Port`, `Tls`), `Names`, `RedirectsToHttps`, `Protocols`, `Firewall`, `FirewallRules`,
 * `RateLimit`, `AccessLog`, `ForwardsTo`, `Hsts`. What only an outer block says is inherited, as nginx does.
 */
export function nginxServers(file: SourceFile, directives: readonly Directive[]): readonly Resource[] {
  const contexts = [
    { outer: [] as readonly Directive[], servers: named(directives, 'server') },
    ...named(directives, 'http').map((http) => ({
      outer: http.block ?? [],
      servers: named(http.block, 'server'),
    })),
  ];
  const upstreams = upstreamsOf(directives);
  return contexts.flatMap(({ outer, servers }) =>
    servers.map((server) => serverFrom(file, server, outer, upstreams)),
  );
}

function serverFrom(
  file: SourceFile,
  server: Directive,
  outer: readonly Directive[],
  upstreams: ReadonlyMap<string, readonly string[]>,
): Resource {
  const span = spanOf(file, server);
  const block = server.block ?? [];
  const here = (name: string) => named(block, name)[0] ?? named(outer, name)[0];
  const listens = listenersOf(file, server);
  const names = textsOf(named(block, 'server_name')[0]);
  const firewall = here('modsecurity');
  const rules = [...allNamed(block, 'modsecurity_rules_file'), ...named(outer, 'modsecurity_rules_file')];
  const properties: [string, Value][] = [
    [
      'Listen',
      list(
        listens.map(({ value }) => value),
        span,
      ),
    ],
    [
      'Names',
      list(
        names.map((name) => known(name, span)),
        span,
      ),
    ],
    ['RedirectsToHttps', flag(file, redirect(block), span)],
    ['Protocols', protocols(file, here('ssl_protocols'), span)],
    ['Firewall', firewall ? known(textsOf(firewall)[0] === 'on', spanOf(file, firewall)) : absent(span)],
    [
      'FirewallRules',
      list(
        rules.map((rule) => known(textsOf(rule)[0] ?? '', spanOf(file, rule))),
        span,
      ),
    ],
    ['RateLimit', flag(file, allNamed(block, 'limit_req')[0] ?? named(outer, 'limit_req')[0], span)],
    ['AccessLog', accessLog(file, here('access_log'), span)],
    ['ForwardsTo', forwards(file, block, upstreams, span)],
    ['Hsts', flag(file, hsts([...allNamed(block, 'add_header'), ...named(outer, 'add_header')]), span)],
  ];
  const shown = names.find((name) => name !== '_') ?? 'server';
  const ports = [...new Set(listens.map(({ port }) => port))].join('+');
  return {
    id: `nginx:${basename(file.path)}/${shown}:${ports}`,
    type: NGINX_SERVER,
    name: `${shown}:${ports}`,
    stack: file.path,
    properties: map(new Map(properties), span),
    span,
    basis: 'template',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}

function spanOf(file: SourceFile, { start, end }: { readonly start: number; readonly end: number }): Span {
  return { file, start, end };
}

function flag(file: SourceFile, directive: Directive | undefined, span: Span): Value {
  return directive ? known(true, spanOf(file, directive)) : absent(span);
}

/** `listen` of ngx_http_core_module: address, port or both; without one, port 80. */
function listenersOf(
  file: SourceFile,
  server: Directive,
): readonly { readonly port: number; readonly value: Value }[] {
  const listens = named(server.block, 'listen').filter((each) => !textsOf(each)[0]?.startsWith('unix:'));
  if (listens.length === 0) return [{ port: 80, value: listener(spanOf(file, server), '*', 80, false) }];
  return listens.map((each) => {
    const [address = '80', ...options] = textsOf(each);
    const match = /^(?:(.*):)?(\d{1,5})$/.exec(address);
    const port = match ? Number(match[2]) : 80;
    const host = match ? (match[1] ?? '*') : address;
    return {
      port,
      value: listener(spanOf(file, each), host, port, options.includes('ssl') || options.includes('quic')),
    };
  });
}

function listener(span: Span, address: string, port: number, tls: boolean): Value {
  return map(
    new Map<string, Value>([
      ['Address', known(address, span)],
      ['Port', known(port, span)],
      ['Tls', known(tls, span)],
    ]),
    span,
  );
}

/** A redirect of everything to https: `return 301 https://…` of the server or of `location /`. */
function redirect(block: readonly Directive[]): Directive | undefined {
  const everywhere = named(block, 'location').filter((each) => textsOf(each).join(' ') === '/');
  const returns = [...named(block, 'return'), ...everywhere.flatMap((each) => named(each.block, 'return'))];
  return returns.find((each) => {
    const [status = '', target = ''] = textsOf(each);
    return /^30[1278]$/.test(status) ? target.startsWith('https://') : status.startsWith('https://');
  });
}

function protocols(file: SourceFile, directive: Directive | undefined, span: Span): Value {
  if (!directive) return absent(span);
  const where = spanOf(file, directive);
  return list(
    textsOf(directive).map((each) => known(each, where)),
    where,
  );
}

/** Logging is on unless it is switched off (ngx_http_log_module: default `logs/access.log combined`). */
function accessLog(file: SourceFile, directive: Directive | undefined, span: Span): Value {
  return directive ? known(textsOf(directive)[0] !== 'off', spanOf(file, directive)) : known(true, span);
}

function hsts(headers: readonly Directive[]): Directive | undefined {
  return headers.find((each) => textsOf(each)[0]?.toLowerCase() === 'strict-transport-security');
}

const PASSES = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'grpc_pass'];

function forwards(
  file: SourceFile,
  block: readonly Directive[],
  upstreams: ReadonlyMap<string, readonly string[]>,
  span: Span,
): Value {
  const passes = PASSES.flatMap((name) => allNamed(block, name));
  const targets = passes.flatMap((pass) => {
    const host = hostOf(textsOf(pass)[0] ?? '');
    return (upstreams.get(host) ?? [host]).map((each) => known(each, spanOf(file, pass)));
  });
  return list(targets, span);
}

/** `http://app:3000/path` → `app`. */
function hostOf(target: string): string {
  const withoutScheme = target.replace(/^[a-z]+:\/\//, '');
  return withoutScheme.split('/')[0]?.replace(/:\d+$/, '') ?? '';
}

function upstreamsOf(directives: readonly Directive[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    allNamed(directives, 'upstream').map((each) => [
      textsOf(each)[0] ?? '',
      named(each.block, 'server').map((server) => hostOf(textsOf(server)[0] ?? '')),
    ]),
  );
}
