import { child, type DocumentNode, spanOf, stringOf } from '../../kernel/document.ts';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { absent, known, list, map, unknown, type Value } from '../../model/value.ts';

/** One published port: where it listens on the host, and what it leads to in the container. */
interface Port {
  readonly address: string;
  readonly published: number | undefined;
  readonly target: number;
}

/**
 * The published ports of a service (compose-spec, "ports"): short form `[ADDRESS:]HOST:CONTAINER`, ranges
 * port by port, and the long form. One that an interpolation leaves open is unknown.
 */
export function portValues(file: SourceFile, node: DocumentNode | undefined, span: Span): Value {
  if (node?.kind !== 'list') return absent(span);
  const values = node.items.flatMap((item): readonly Value[] => {
    const own = spanOf(file, item);
    const ports = item.kind === 'map' ? longForm(item) : shortForm(written(item));
    return ports ? ports.map((port) => portValue(port, own)) : [unknown('ports', 'parameter', own)];
  });
  return list(values, spanOf(file, node));
}

function written(node: DocumentNode): string {
  return node.kind === 'scalar' ? String(node.value ?? '') : '';
}

const MOST_OF_A_RANGE = 64;

function shortForm(text: string): readonly Port[] | undefined {
  const plain = text.replace(/\$\{[A-Za-z_][A-Za-z0-9_]*:?-([^}]*)\}/g, '$1');
  if (plain.includes('$')) return undefined;
  const match =
    /^(?:(\[[^\]]*\]|[^:[\]]*):)?(?:(\d+)(?:-(\d+))?:|:)?(\d+)(?:-(\d+))?(?:\/(?:tcp|udp))?$/.exec(plain);
  if (!match) return undefined;
  const [, address = '', from, to, target = '', last] = match;
  // `3000:3000`: what looks like an address is the port of the host.
  if (from === undefined && /^\d+(?:-\d+)?$/.test(address)) return ranged('', address, target, last);
  return ranged(
    address,
    from === undefined ? undefined : to === undefined ? from : `${from}-${to}`,
    target,
    last,
  );
}

function ranged(
  address: string,
  host: string | undefined,
  target: string,
  last: string | undefined,
): readonly Port[] {
  const first = Number(target);
  const count = Math.min(last === undefined ? 1 : Number(last) - first + 1, MOST_OF_A_RANGE);
  const start = host === undefined ? undefined : Number(host.split('-')[0]);
  return Array.from({ length: Math.max(1, count) }, (_, index) => ({
    address: address.replace(/^\[|\]$/g, '') || '0.0.0.0',
    published: start === undefined ? undefined : start + index,
    target: first + index,
  }));
}

function longForm(node: DocumentNode): readonly Port[] | undefined {
  const target = Number(written(child(node, 'target') ?? node));
  if (!Number.isInteger(target)) return undefined;
  const published = child(node, 'published');
  const text = published ? written(published) : '';
  if (text !== '' && !/^\d+(?:-\d+)?$/.test(text)) return undefined;
  const address = stringOf(child(node, 'host_ip')) ?? '0.0.0.0';
  return [{ address, published: text === '' ? undefined : Number(text.split('-')[0]), target }];
}

function portValue({ address, published, target }: Port, span: Span): Value {
  return map(
    new Map<string, Value>([
      ['Address', known(address, span)],
      [
        'Published',
        published === undefined
          ? unknown('port of the host', 'after-deployment', span)
          : known(published, span),
      ],
      ['Target', known(target, span)],
    ]),
    span,
  );
}
