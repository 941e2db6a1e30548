import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../kernel/errors.ts';
import { get, itemsOf, numberFrom, showValue, stringFrom } from '../../model/value.ts';
import { parseNginx } from './parse.ts';
import { isNginx, nginxServers } from './sites.ts';

const file = (text: string) => ({ path: 'conf/nginx.conf', text });
const servers = (text: string) => nginxServers(file(text), parseNginx(file(text)));

describe('nginx', () => {
  test('words, quotes, comments, variables in braces and blocks in another language', () => {
    const [map, http] = parseNginx(
      file(`# a comment; with { braces
map $uri $x { "~^/a{2};" 'it''s'; default \${y}z; }
http { access_by_lua_block { if x then y = "{}" end } server { listen 80; } }`),
    );
    assert.deepEqual(
      map?.words.map(({ text }) => text),
      ['$uri', '$x'],
    );
    assert.deepEqual(
      map?.block?.map(({ name, words }) => [name, ...words.map(({ text }) => text)]),
      [
        ['~^/a{2};', 'it', 's'],
        ['default', '${y}z'],
      ],
    );
    assert.deepEqual(
      http?.block?.map(({ name }) => name),
      ['access_by_lua_block', 'server'],
    );
  });

  test('a server inherits what only http says, and names what it forwards to', () => {
    const [server] = servers(`http {
  modsecurity on;
  access_log off;
  upstream app { server app1:3000; server app2:3000 backup; }
  server {
    listen 127.0.0.1:8443 ssl;
    listen [::]:443 ssl;
    server_name shop.example.org;
    ssl_protocols TLSv1.1 TLSv1.2;
    modsecurity_rules_file /etc/modsecurity/main.conf;
    location /api { limit_req zone=a; proxy_pass http://app/; }
  }
}`);
    assert.ok(server);
    const properties = server.properties;
    assert.equal(server.id, 'nginx:nginx.conf/shop.example.org:8443+443');
    assert.deepEqual(
      itemsOf(get(properties, 'Listen')).map((each) => [
        stringFrom(get(each, 'Address')),
        numberFrom(get(each, 'Port')),
        showValue(get(each, 'Tls')),
      ]),
      [
        ['127.0.0.1', 8443, 'true'],
        ['[::]', 443, 'true'],
      ],
    );
    assert.deepEqual(itemsOf(get(properties, 'ForwardsTo')).map(stringFrom), ['app1', 'app2']);
    const shown = ['Firewall', 'AccessLog', 'RateLimit', 'RedirectsToHttps'].map((name) =>
      get(properties, name),
    );
    assert.deepEqual(
      shown.map((value) => (value.kind === 'known' ? value.value : value.kind)),
      [true, false, true, 'absent'],
    );
  });

  test('a redirect of everything is one, a redirect of a part is none', () => {
    const redirects = (body: string) =>
      servers(`server { listen 80; ${body} }`).map(
        ({ properties }) => get(properties, 'RedirectsToHttps').kind,
      );
    assert.deepEqual(redirects('return 301 https://$host$request_uri;'), ['known']);
    assert.deepEqual(redirects('location / { return 308 https://a; }'), ['known']);
    assert.deepEqual(redirects('location /old { return 301 https://a; }'), ['absent']);
    assert.deepEqual(redirects('return 404;'), ['absent']);
  });

  test('what is wrong is told with its place', () => {
    const place = (text: string) => {
      try {
        parseNginx(file(text));
      } catch (error) {
        return error instanceof InputError ? [error.code, error.place?.line, error.place?.column] : error;
      }
      return undefined;
    };
    assert.deepEqual(place('http {\n  server {\n  }\n'), ['nginx-syntax', 1, 6]);
    assert.deepEqual(place('events {}\n}\n'), ['nginx-syntax', 2, 1]);
    assert.deepEqual(place('http {\n listen 80\n}'), ['nginx-syntax', 2, 2]);
    assert.deepEqual(place('a "b'), ['nginx-syntax', 1, 3]);
    assert.deepEqual(place('a {'.repeat(50)), ['nginx-limit', 1, 100]);
  });

  test('any text is parsed or refused; what other programs write is none of nginx', () => {
    const pieces = fc.constantFrom(
      'server',
      ' ',
      '{',
      '}',
      ';',
      '"',
      "'",
      '\\',
      '#',
      '\n',
      '${',
      'listen 80',
      'return 301',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        try {
          nginxServers(file(parts.join('')), parseNginx(file(parts.join(''))));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 300 },
    );
    assert.equal(
      isNginx(parseNginx(file('options { directory "/var/cache/bind"; };'.replace('};', '}')))),
      false,
    );
  });
});
