import { text } from '../../kernel/texts.ts';
import { type Answer, all, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, unknown, type Value } from '../../model/value.ts';
import {
  CADDY_SITE,
  COMPOSE_DATABASE,
  COMPOSE_SERVICE,
  HOST,
  imageName,
  NGINX_SERVER,
} from '../../sources/self-hosted.ts';
import { isDeclared, type ResourceGraph } from '../graph.ts';
import { hop, type NetworkHop, startHop } from '../reachability/index.ts';

export { CADDY_SITE, COMPOSE_DATABASE, COMPOSE_SERVICE, HOST, imageName, NGINX_SERVER };

/** Web servers and their sites. */
export const SITES = [NGINX_SERVER, CADDY_SITE] as const;

const OWN_TYPES: readonly string[] = [...SITES, COMPOSE_SERVICE, COMPOSE_DATABASE, HOST];

/** Whether what was read describes an environment off AWS, and nothing of AWS. */
export function isOffAws(graph: ResourceGraph): boolean {
  return graph.memo(offAws);
}

function offAws(graph: ResourceGraph): boolean {
  const declared = graph.resources.filter(isDeclared);
  return declared.length > 0 && declared.every(({ type }) => OWN_TYPES.includes(type));
}

/** One way from the internet to a service. */
export interface ServiceWay {
  readonly hops: readonly NetworkHop[];
  readonly answer: Answer;
  /** Where the request is first looked into: a site, or the service itself. */
  readonly front: Resource;
  readonly service: Resource;
  readonly port: number | undefined;
  /** Whether the front speaks TLS on this port. */
  readonly tls: boolean;
}

/** Every way from the internet to the services of the environment, databases included. */
export function serviceWays(graph: ResourceGraph): readonly ServiceWay[] {
  return graph.memo(findWays);
}

function findWays(graph: ResourceGraph): readonly ServiceWay[] {
  const open = internetReaches(graph);
  const direct = graph
    .ofType(COMPOSE_SERVICE, COMPOSE_DATABASE)
    .filter((service) => sitesOn(graph, service).length === 0)
    .flatMap((service) => publishedPorts(service).map((port) => directWay(service, port, open)));
  const through = graph.ofType(...SITES).flatMap((site) => siteWays(graph, site, open));
  return [...direct, ...through];
}

interface PublishedPort {
  readonly at: Value;
  readonly published: number | undefined;
  readonly target: number | undefined;
}

/** The ports of a service that are published beyond the host's own loopback. */
export function publishedPorts(service: Resource): readonly PublishedPort[] {
  return itemsOf(get(service.properties, 'Ports'))
    .filter((port) => !isLoopback(stringFrom(get(port, 'Address')) ?? ''))
    .map((at) => ({
      at,
      published: numberFrom(get(at, 'Published')),
      target: numberFrom(get(at, 'Target')),
    }));
}

export function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^\[::1\]$|^localhost$/.test(address);
}

/**
 * Whether the internet reaches the machine at all: it does where one of its addresses is public; behind
 * another router, or where no host was read, nobody knows here. A firewall of the host does not stop what
 * Docker publishes (Docker manual, "Packet filtering and firewalls").
 */
export function internetReaches(graph: ResourceGraph): Answer {
  const hosts = graph.ofType(HOST);
  const [first] = hosts;
  if (!first) return undecided(NOT_READ);
  const addresses = hosts.flatMap((host) => itemsOf(get(host.properties, 'Addresses')));
  if (addresses.some((address) => isPublic(stringFrom(address) ?? ''))) return YES;
  return undecided(unknown('a public address of the host', 'not-collected', first.span));
}

const NOT_READ = unknown('a public address of the host (honmaru collect --host)', 'not-collected', {
  file: { path: '', text: '' },
  start: 0,
  end: 0,
});

/** Whether an address belongs to the public internet (RFC 1918, 6598, 3927, 4193 and 4291 taken away). */
function isPublic(address: string): boolean {
  if (address.includes(':')) return /^[23]/.test(address);
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return false;
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  const isSpecial =
    a === 127 || a === 0 || a >= 224 || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128);
  return !isPrivate && !isSpecial;
}

function directWay(service: Resource, port: PublishedPort, open: Answer): ServiceWay {
  const shown = port.published ?? '?';
  const arrives = hop(
    service.id,
    text(
      `port ${shown} of the host leads to ${service.name}`,
      `ホストのポート${shown}が${service.name}に通じている`,
    ),
    port.at,
  );
  return {
    hops: [startHop(), arrives],
    answer: open,
    front: service,
    service,
    port: port.published,
    tls: false,
  };
}

function siteWays(graph: ResourceGraph, site: Resource, open: Answer): readonly ServiceWay[] {
  const runner = runnerOf(graph, site);
  const targets = forwardTargets(graph, site);
  return itemsOf(get(site.properties, 'Listen')).flatMap((listen) => {
    if (isLoopback(stringFrom(get(listen, 'Address')) ?? '')) return [];
    const port = numberFrom(get(listen, 'Port'));
    const entry = entryTo(runner, port);
    if (!entry) return [];
    const tls = get(listen, 'Tls');
    const answers = hop(
      site.id,
      text(`${site.name} answers on port ${port ?? '?'}`, `${site.name}がポート${port ?? '?'}で応答する`),
      listen,
    );
    const isTls = tls.kind === 'known' && tls.value === true;
    return targets.map((service) => {
      const passed =
        service === site
          ? []
          : [
              hop(
                service.id,
                text(
                  `${site.name} passes requests to ${service.name}`,
                  `${site.name}が${service.name}に転送する`,
                ),
                service,
              ),
            ];
      return {
        hops: [startHop(), ...entry, answers, ...passed],
        answer: open,
        front: site,
        service,
        port,
        tls: isTls,
      };
    });
  });
}

/** The hops to the program that serves a site; none where its port is not published. */
function entryTo(runner: Resource | undefined, port: number | undefined): readonly NetworkHop[] | undefined {
  if (!runner) return [];
  if (stringFrom(get(runner.properties, 'NetworkMode')) === 'host') return [];
  const published = publishedPorts(runner).find(({ target }) => target === undefined || target === port);
  if (!published) return undefined;
  const shown = published.published ?? '?';
  return [
    hop(
      runner.id,
      text(
        `port ${shown} of the host leads to ${runner.name}`,
        `ホストのポート${shown}が${runner.name}に通じている`,
      ),
      published.at,
    ),
  ];
}

/** The services that a site passes requests to; the site itself where it passes them to none. */
function forwardTargets(graph: ResourceGraph, site: Resource): readonly Resource[] {
  const names = new Set(itemsOf(get(site.properties, 'ForwardsTo')).map(stringFrom));
  const found = graph.ofType(COMPOSE_SERVICE).filter(({ name }) => names.has(name));
  return found.length > 0 ? found : [site];
}

const IMAGES: Readonly<Record<string, RegExp>> = {
  [NGINX_SERVER]: /nginx|openresty|modsecurity-crs/,
  [CADDY_SITE]: /caddy/,
};

/** The service that runs a site: the one that mounts its file, else the only one of its program's image. */
export function runnerOf(graph: ResourceGraph, site: Resource): Resource | undefined {
  const services = graph.ofType(COMPOSE_SERVICE);
  const file = site.stack.split('/').at(-1) ?? '';
  const mounting = services.filter((service) => mounts(service, file));
  if (mounting.length === 1) return mounting[0];
  const running = services.filter((service) =>
    IMAGES[site.type]?.test(imageName(stringFrom(get(service.properties, 'Image')) ?? '')),
  );
  return running.length === 1 ? running[0] : undefined;
}

function mounts(service: Resource, file: string): boolean {
  return itemsOf(get(service.properties, 'Volumes')).some((volume) => {
    const source = stringFrom(volume)?.split(':')[0] ?? stringFrom(get(volume, 'source')) ?? '';
    return source.split('/').at(-1) === file;
  });
}

/** The sites that a service runs. */
export function sitesOn(graph: ResourceGraph, service: Resource): readonly Resource[] {
  return graph.ofType(...SITES).filter((site) => runnerOf(graph, site) === service);
}

/** Whether one service reaches another: on a network that both are on, every port is open. */
export function reaches(from: Resource, to: Resource): Answer {
  if (from.stack !== to.stack) return NO;
  const names = new Set(networksOf(from));
  return all([networksOf(to).some((name) => names.has(name)) ? YES : NO]);
}

export function networksOf(service: Resource): readonly string[] {
  return itemsOf(get(service.properties, 'Networks')).flatMap((name) => stringFrom(name) ?? []);
}
