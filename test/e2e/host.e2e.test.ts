import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseCaddyfile } from '../../src/sources/caddy/parse.ts';
import { parseNginx } from '../../src/sources/nginx/parse.ts';
import { honmaru, inFolder, programOnPath, run } from './program.ts';

const EXAMPLES = ['compose', 'compose-hardened'].map((name) =>
  JSON.parse(readFileSync(`examples/${name}/host.json`, 'utf8')),
);

describe('collect --host', () => {
  test('this machine, read without a change, is judged like any other input', () =>
    inFolder((folder) => {
      const out = join(folder, 'host.json');
      const done = honmaru(['collect', '--host', '--out', out]);
      assert.equal(done.code, 0, done.err);
      const facts = JSON.parse(readFileSync(out, 'utf8'));
      const schema = JSON.parse(readFileSync('docs/schemas/host.schema.json', 'utf8'));
      const validate = new Ajv2020({ strict: false }).compile(schema);
      for (const each of [facts, ...EXAMPLES]) {
        const isValid: boolean = validate(each);
        assert.ok(isValid, JSON.stringify(validate.errors));
      }
      assert.equal(facts.name, run('uname', ['-n'], {}).out.trim());
      assert.equal(statSync(out).mode & 0o777, 0o600);
      const assessed = honmaru(['assess', out, '--no-store', '--format', 'json']);
      assert.equal(assessed.code, 0, assessed.err);
      const report = JSON.parse(assessed.out);
      assert.deepEqual(
        report.environment.resources.map(({ type }: { type: string }) => type),
        ['Host::Machine'],
      );
      const again = honmaru(['collect', '--host', '--out', out]);
      assert.equal(again.code, 0, 'facts are renewed in their place');
    }));

  test('another machine through the system’s ssh, which asks nothing', () =>
    inFolder((folder) => {
      const log = join(folder, 'ssh.log');
      mkdirSync(join(folder, 'bin'));
      writeFileSync(join(folder, 'bin/ssh'), `#!/bin/sh\necho "$@" > '${log}'\nexec sh -s\n`, {
        mode: 0o755,
      });
      const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
      const words = ['collect', '--host', '--ssh', 'deploy@web-1', '--out', join(folder, 'host.json')];
      const done = honmaru(words, { env });
      assert.equal(done.code, 0, done.err);
      assert.equal(
        readFileSync(log, 'utf8').trim(),
        '-o BatchMode=yes -o ConnectTimeout=15 -T -- deploy@web-1 sh -s',
      );
    }));

  test('a host that does not answer, a wrong target and a foreign file are each a sentence', () =>
    inFolder((folder) => {
      mkdirSync(join(folder, 'bin'));
      writeFileSync(
        join(folder, 'bin/ssh'),
        '#!/bin/sh\necho "Permission denied (publickey)." >&2\nexit 255\n',
        { mode: 0o755 },
      );
      const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
      const out = join(folder, 'host.json');
      const refused = (words: readonly string[], sentence: RegExp) => {
        const { code, err } = honmaru(['collect', '--host', ...words], { env });
        assert.equal(code, 2);
        assert.match(err, sentence);
      };
      refused(['--ssh', 'deploy@web-1', '--out', out], /web-1 did not answer: Permission denied/);
      refused(['--ssh=-oProxyCommand=x', '--out', out], /is no USER@HOST/);
      refused([], /needs a file to write/);
      writeFileSync(out, '{"precious": true}');
      refused(['--out', out], /holds no facts of a host/);
      assert.equal(readFileSync(out, 'utf8'), '{"precious": true}');
    }));

  test('--print-policy shows what would be run, and runs nothing', () => {
    const { code, out } = honmaru(['collect', '--host', '--print-policy']);
    assert.equal(code, 0);
    assert.match(out, /ss -H -l -t -n -p/);
  });
});

const nginx = ['/usr/sbin/nginx', programOnPath('nginx')].find(
  (path) => path && statSync(path, { throwIfNoEntry: false }),
);
const caddy = programOnPath('caddy');

const NGINX: readonly string[] = [
  readFileSync('examples/compose/nginx.conf', 'utf8').replace('server app:3000', 'server 127.0.0.1:3000'),
  'events { worker_connections 16; }\nhttp { map $uri $a { default 0; \'~^/x{2}\' 1; } server { listen 8081; location ~ "^/a{1,3}$" { return 301 https://$host$request_uri; } } }\n',
  'events {}\nhttp { server { listen 127.0.0.1:8082 default_server; server_name a b; if ($host = "a") { return 403; } location / { proxy_pass http://127.0.0.1:1/; add_header Strict-Transport-Security "max-age=1; includeSubDomains" always; } } }\n',
];

const BROKEN: readonly string[] = [
  'events {}\nhttp { server { listen 80 } }\n',
  'events {\n',
  'events {}\n}\n',
  'events {}\nhttp { server { listen "80; } }\n',
];

describe('configurations as the programs themselves take them', () => {
  test(
    'what nginx -t takes we read, what it refuses we refuse',
    {
      skip: nginx ? false : 'nginx is not there: its own verdict was not compared',
    },
    () =>
      inFolder((folder) => {
        const key = join(folder, 'key.pem');
        run('openssl', [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-subj',
          '/CN=x',
          '-days',
          '1',
          '-keyout',
          key,
          '-out',
          join(folder, 'cert.pem'),
        ]);
        const verdict = (text: string, index: number) => {
          const path = join(folder, `${index}.conf`);
          const local = text
            .replace(/ssl_certificate \S+;/g, `ssl_certificate ${join(folder, 'cert.pem')};`)
            .replace(/ssl_certificate_key \S+;/g, `ssl_certificate_key ${key};`);
          writeFileSync(
            path,
            `pid ${join(folder, 'pid')};\nerror_log ${join(folder, 'error.log')};\n${local}`,
          );
          return run(nginx ?? '', ['-t', '-q', '-p', folder, '-c', path]);
        };
        for (const [index, text] of NGINX.entries()) {
          const { code, err } = verdict(text, index);
          assert.equal(code, 0, err);
          assert.ok(parseNginx({ path: 'nginx.conf', text }).length > 0);
        }
        for (const [index, text] of BROKEN.entries()) {
          assert.notEqual(verdict(text, 100 + index).code, 0, text);
          assert.throws(() => parseNginx({ path: 'nginx.conf', text }), /nginx.conf:/, text);
        }
      }),
  );

  test(
    'what caddy adapt takes we read, what it refuses we refuse',
    {
      skip: caddy ? false : 'caddy is not there: its own verdict was not compared',
    },
    () =>
      inFolder((folder) => {
        const verdict = (text: string) => {
          const path = join(folder, 'Caddyfile');
          writeFileSync(path, text);
          return run(caddy ?? '', ['adapt', '--adapter', 'caddyfile', '--config', path], {
            env: { HOME: folder },
          });
        };
        const good = [
          '{\n\tauto_https off\n}\n(c) {\n\tlog\n}\na.example.org, b.example.org {\n\timport c\n\treverse_proxy 127.0.0.1:3000\n}\n',
          'a.example.org\nrespond "hello {host}"\n',
          ':8080 {\n\thandle /x/* {\n\t\trespond `a "b"` 200\n\t}\n}\n',
        ];
        for (const text of good) {
          const { code, err } = verdict(text);
          assert.equal(code, 0, err);
          assert.ok(parseCaddyfile({ path: 'Caddyfile', text }).length > 0);
        }
        for (const text of ['a.example.org {\n\tlog\n', 'a.example.org {\n}\n}\n']) {
          assert.notEqual(verdict(text).code, 0, text);
          assert.throws(() => parseCaddyfile({ path: 'Caddyfile', text }), /Caddyfile:/);
        }
      }),
  );
});
