import { basename } from 'node:path/posix';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, known, list, map, type Value } from '../../model/value.ts';
import { allNamed, type Directive, named, textsOf } from '../nginx/directive.ts';
import { CADDY_SITE } from '../self-hosted.ts';

/**
 * The sites of a Caddyfile as resources, with the properties of nginx's servers. A site with a host name is
 * served over HTTPS and redirects to it by itself unless that is switched off (caddyserver.com, "Automatic
 * HTTPS"); one that is only a port, or begins with http://, is not.
 */
export function caddySites(file: SourceFile, directives: readonly Directive[]): readonly Resource[] {
  const options = directives.find(({ name }) => name === '')?.block;
  const automatic = textsOf(named(options, 'auto_https')[0])[0] ?? 'on';
  const snippets = new Map(
    directives.flatMap(({ name, block }) =>
      /^\(.*\)$/.test(name) ? [[name.slice(1, -1), block ?? []] as const] : [],
    ),
  );
  return directives
    .filter(({ name, block }) => block && name !== '' && !name.startsWith('('))
    .map((site) => siteFrom(file, site, automatic, withSnippets(site.block ?? [], snippets)));
}

function withSnippets(
  block: readonly Directive[],
  snippets: ReadonlyMap<string, readonly Directive[]>,
): readonly Directive[] {
  return block.flatMap((each) =>
    each.name === 'import' ? (snippets.get(textsOf(each)[0] ?? '') ?? []) : [each],
  );
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

function addressOf(written: string, automatic: string, block: readonly Directive[]): Address {
  const match = /^(?:(https?):\/\/)?([^:/]*|\[[^\]]*\])(?::(\d{1,5}))?(?:\/.*)?$/.exec(written);
  const [, scheme, host = '', given] = match ?? [];
  const asksForTls = scheme === 'https' || given === '443' || named(block, 'tls').length > 0;
  const tls = scheme !== 'http' && given !== '80' && (asksForTls || (host !== '' && automatic !== 'off'));
  return { host, port: given === undefined ? (tls ? 443 : 80) : Number(given), tls };
}

function siteFrom(
  file: SourceFile,
  site: Directive,
  automatic: string,
  block: readonly Directive[],
): Resource {
  const span: Span = { file, start: site.start, end: site.end };
  const at = (directive: Directive): Span => ({ file, start: directive.start, end: directive.end });
  const written = [site.name, ...textsOf(site)].flatMap((each) => each.split(',')).filter(Boolean);
  const addresses = written.map((each) => addressOf(each, automatic, block));
  const redirects = addresses.some(({ tls, port }) => tls && port === 443) && automatic === 'on';
  const listens = [...addresses, ...(redirects ? [{ host: '', port: 80, tls: false }] : [])];
  const flag = (directive: Directive | undefined): Value =>
    directive ? known(true, at(directive)) : absent(span);
  const firewall = allNamed(block, 'coraza_waf')[0];
  const rules = allNamed(firewall?.block, 'directives');
  const headers = allNamed(block, 'header');
  const hsts = headers.find((each) =>
    [each, ...(each.block ?? [])].some((one) =>
      [one.name, ...textsOf(one)].some((word) => /^\+?strict-transport-security$/i.test(word)),
    ),
  );
  const proxies = allNamed(block, 'reverse_proxy').concat(allNamed(block, 'php_fastcgi'));
  const versions = named(block, 'tls').flatMap((tls) => named(tls.block, 'protocols'))[0];
  const names = [...new Set(addresses.map(({ host }) => host).filter(Boolean))];
  const properties: [string, Value][] = [
    [
      'Listen',
      list(
        listens.map((each) => listener(span, each)),
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
    ['RedirectsToHttps', redirects ? known(true, span) : absent(span)],
    [
      'Protocols',
      versions ? list([known(textsOf(versions)[0] ?? '', at(versions))], at(versions)) : absent(span),
    ],
    ['Firewall', flag(firewall)],
    [
      'FirewallRules',
      list(
        rules.map((rule) => known(textsOf(rule)[0] ?? '', at(rule))),
        span,
      ),
    ],
    ['RateLimit', flag(allNamed(block, 'rate_limit')[0])],
    ['AccessLog', known(allNamed(block, 'log').length > 0, span)],
    [
      'ForwardsTo',
      list(
        proxies.flatMap((proxy) => targetsOf(proxy).map((host) => known(host, at(proxy)))),
        span,
      ),
    ],
    ['Hsts', flag(hsts)],
  ];
  const shown = names[0] ?? `:${addresses[0]?.port ?? 80}`;
  return {
    id: `caddy:${basename(file.path)}/${shown}`,
    type: CADDY_SITE,
    name: shown,
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

function listener(span: Span, { port, tls }: Address): Value {
  return map(
    new Map<string, Value>([
      ['Address', known('*', span)],
      ['Port', known(port, span)],
      ['Tls', known(tls, span)],
    ]),
    span,
  );
}

/** The hosts behind a proxy: its words that are no matcher, and `to` in its block. */
function targetsOf(proxy: Directive): readonly string[] {
  const words = [...textsOf(proxy), ...named(proxy.block, 'to').flatMap((each) => textsOf(each))];
  return words
    .filter((word) => !/^[@/*]/.test(word))
    .map((word) => word.replace(/^[a-z0-9+]+:\/\//, '').replace(/:\d+$/, ''));
}
