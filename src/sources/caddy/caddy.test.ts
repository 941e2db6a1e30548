import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../kernel/errors.ts';
import { get, itemsOf, numberFrom, stringFrom } from '../../model/value.ts';
import { parseCaddyfile } from './parse.ts';
import { caddySites } from './sites.ts';

const file = (text: string) => ({ path: 'Caddyfile', text });
const sites = (text: string) => caddySites(file(text), parseCaddyfile(file(text)));
const listens = (text: string) =>
  sites(text).map(({ properties }) =>
    itemsOf(get(properties, 'Listen')).map((each) => {
      const tls = get(each, 'Tls');
      return [numberFrom(get(each, 'Port')), tls.kind === 'known' && tls.value];
    }),
  );

describe('Caddyfile', () => {
  test('options, snippets, several addresses, nested blocks, quotes and heredocs', () => {
    const text = `{
	auto_https off # no certificates
}
(common) {
	log
}
a.example.org, b.example.org,
c.example.org {
	import common
	respond <<HTML
		{ not a block
		HTML 200
	header "X-A" \`b "c"\`
	reverse_proxy /api/* http://app:3000 other:4000 {
		to third:5000
	}
}
`;
    const [options, snippet, site] = parseCaddyfile(file(text));
    assert.deepEqual([options?.name, snippet?.name, site?.name], ['', '(common)', 'a.example.org,']);
    assert.deepEqual(
      site?.block?.map(({ name }) => name),
      ['import', 'respond', 'header', 'reverse_proxy'],
    );
    const [found] = sites(text);
    assert.deepEqual(itemsOf(get(found?.properties ?? get0, 'Names')).map(stringFrom), [
      'a.example.org',
      'b.example.org',
      'c.example.org',
    ]);
    assert.deepEqual(itemsOf(get(found?.properties ?? get0, 'ForwardsTo')).map(stringFrom), [
      'app',
      'other',
      'third',
    ]);
    const log = get(found?.properties ?? get0, 'AccessLog');
    assert.ok(log.kind === 'known' && log.value === true, 'a snippet counts where it is imported');
  });

  test('automatic HTTPS: on for host names, off for ports, http:// and by option', () => {
    const both = [
      [443, true],
      [80, false],
    ];
    assert.deepEqual(listens('a.example.org {\n}'), [both]);
    assert.deepEqual(listens('a.example.org\nreverse_proxy app:1'), [both]);
    assert.deepEqual(listens(':80 {\n}'), [[[80, false]]]);
    assert.deepEqual(listens('http://a.example.org {\n}'), [[[80, false]]]);
    assert.deepEqual(listens('{\n auto_https off\n}\na.example.org {\n}'), [[[80, false]]]);
    assert.deepEqual(listens('a.example.org:8443 {\n}'), [[[8443, true]]]);
  });

  test('what is wrong is told with its place', () => {
    const place = (text: string) => {
      try {
        parseCaddyfile(file(text));
      } catch (error) {
        return error instanceof InputError ? [error.code, error.place?.line, error.place?.column] : error;
      }
      return undefined;
    };
    assert.deepEqual(place('a.example.org {\n log\n'), ['caddy-syntax', 1, 15]);
    assert.deepEqual(place('a {\n}\n}\n'), ['caddy-syntax', 3, 1]);
    assert.deepEqual(place('a {\n respond "x\n}'), ['caddy-syntax', 2, 10]);
    assert.deepEqual(place('a {\n} b\n'), ['caddy-syntax', 2, 1]);
  });

  test('any text is parsed or refused', () => {
    const pieces = fc.constantFrom(
      'a.example.org',
      ' ',
      '{',
      '}',
      '"',
      '`',
      '\\',
      '#',
      '\n',
      '<<E\n',
      ',',
      'log',
      'tls',
      ':80',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        try {
          sites(parts.join(''));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 300 },
    );
  });
});

const get0 = { kind: 'absent', span: { file: file(''), start: 0, end: 0 } } as const;
