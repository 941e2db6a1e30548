import { child, type DocumentNode, type MapEntry, spanOf, stringOf } from '../../kernel/document.ts';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, known, list, map, unknown, type Value } from '../../model/value.ts';
import { COMPOSE_DATABASE, COMPOSE_SERVICE, imageName } from '../self-hosted.ts';
import { portValues } from './ports.ts';

/** Whether a document is a Compose file: services, each a map, and no template of CloudFormation. */
export function isCompose(root: DocumentNode): boolean {
  const services = child(root, 'services');
  if (services?.kind !== 'map' || services.entries.length === 0 || child(root, 'Resources')) return false;
  return services.entries.every(({ value }) => value.kind === 'map');
}

/** Images of databases and stores, by the last part of their name. */
const DATABASES =
  /^(?:postgres(?:ql)?|postgis|timescaledb|mysql|mysql-server|mariadb|percona|mongo(?:db)?|redis|valkey|memcached|elasticsearch|opensearch|clickhouse(?:-server)?|mssql|server-sql|cockroach|cassandra|couchdb|neo4j|influxdb)$/;

/**
 * The services of a Compose file as resources (compose-spec, "Services top-level element"). Properties:
 * `Image`, `Ports` (`Address`, `Published`, `Target`), `Environment`, `Volumes`, `Networks`, `Secrets`,
 * `Privileged`, `HostNetwork`, `User`. What an interpolation leaves open is unknown.
 */
export function composeServices(file: SourceFile, root: DocumentNode, project: string): readonly Resource[] {
  const services = child(root, 'services');
  if (services?.kind !== 'map') return [];
  return services.entries.map((entry) => serviceFrom(file, entry, root, project));
}

function serviceFrom(
  file: SourceFile,
  { key, keyStart, value: node }: MapEntry,
  root: DocumentNode,
  project: string,
): Resource {
  const span: Span = { file, start: keyStart, end: node.end };
  const image = stringOf(child(node, 'image'));
  const properties: [string, Value][] = [
    ['Image', composeValue(file, child(node, 'image'), span)],
    ['Ports', portValues(file, child(node, 'ports'), span)],
    ['Environment', environment(file, child(node, 'environment'), span)],
    ['EnvironmentFiles', composeValue(file, child(node, 'env_file'), span)],
    ['Volumes', composeValue(file, child(node, 'volumes'), span)],
    ['Networks', networks(file, node, span)],
    ['InternalNetworks', internalNetworks(root, span)],
    ['Secrets', composeValue(file, child(node, 'secrets'), span)],
    ['Privileged', composeValue(file, child(node, 'privileged'), span)],
    ['NetworkMode', composeValue(file, child(node, 'network_mode'), span)],
    ['User', composeValue(file, child(node, 'user'), span)],
    ['Command', composeValue(file, child(node, 'command'), span)],
  ];
  return {
    id: `compose:${project}/${key}`,
    type: isDatabase(image) ? COMPOSE_DATABASE : COMPOSE_SERVICE,
    name: key,
    stack: project,
    properties: map(new Map(properties), span),
    span,
    basis: 'template',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}

function isDatabase(image: string | undefined): boolean {
  return DATABASES.test(imageName(image ?? ''));
}

/** A node as a value; `$VAR` and `${VAR…}` leave it open, `$$` is a dollar sign. */
export function composeValue(file: SourceFile, node: DocumentNode | undefined, span: Span): Value {
  if (!node) return absent(span);
  const own = spanOf(file, node);
  if (node.kind === 'list')
    return list(
      node.items.map((item) => composeValue(file, item, own)),
      own,
    );
  if (node.kind === 'map') {
    return map(new Map(node.entries.map(({ key, value }) => [key, composeValue(file, value, own)])), own);
  }
  return typeof node.value === 'string' ? interpolated(node.value, own) : known(node.value, own);
}

const VARIABLE = /\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-?+])([^}]*))?\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/** Interpolation of Compose; a default that is written in the file is what holds until somebody sets another. */
function interpolated(text: string, span: Span): Value {
  const variables: string[] = [];
  const filled = text.replace(
    VARIABLE,
    (whole, braced?: string, operator?: string, word?: string, plain?: string) => {
      if (whole === '$$') return '$';
      if (operator === '-' && word) return word;
      variables.push(braced ?? plain ?? '');
      return '';
    },
  );
  const [first] = variables;
  if (first === undefined) return known(filled, span);
  return unknown(first, 'parameter', span, [{ type: 'parameter', expression: first }]);
}

/** A map, or a list of `NAME=value`; a name alone is taken from the shell that starts it. */
function environment(file: SourceFile, node: DocumentNode | undefined, span: Span): Value {
  if (!node) return absent(span);
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, value }): [string, Value] => {
      const isFromShell = value.kind === 'scalar' && value.value === null;
      return [key, isFromShell ? fromShell(key, spanOf(file, value)) : composeValue(file, value, span)];
    });
    return map(new Map(entries), spanOf(file, node));
  }
  if (node.kind !== 'list') return composeValue(file, node, span);
  const entries = node.items.flatMap((item): [string, Value][] => {
    const written = stringOf(item) ?? '';
    const at = written.indexOf('=');
    const own = spanOf(file, item);
    if (at < 0) return written === '' ? [] : [[written, fromShell(written, own)]];
    return [[written.slice(0, at), interpolated(written.slice(at + 1), own)]];
  });
  return map(new Map(entries), spanOf(file, node));
}

function fromShell(name: string, span: Span): Value {
  return unknown(name, 'parameter', span, [{ type: 'parameter', expression: name }]);
}

/** The networks of a service: those it names, else the project's default one. */
function networks(file: SourceFile, service: DocumentNode, span: Span): Value {
  const node = child(service, 'networks');
  const names =
    node?.kind === 'map'
      ? node.entries.map(({ key }) => key)
      : node?.kind === 'list'
        ? node.items.flatMap((item) => stringOf(item) ?? [])
        : ['default'];
  const own = node ? spanOf(file, node) : span;
  return list(
    names.map((name) => known(name, own)),
    own,
  );
}

/** Networks that are cut off from outside (`internal: true`). */
function internalNetworks(root: DocumentNode, span: Span): Value {
  const node = child(root, 'networks');
  const internal = (node?.kind === 'map' ? node.entries : []).filter(({ value }) => {
    const flag = child(value, 'internal');
    return flag?.kind === 'scalar' && flag.value === true;
  });
  return list(
    internal.map(({ key }) => known(key, span)),
    span,
  );
}
