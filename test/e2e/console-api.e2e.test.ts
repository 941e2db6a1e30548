import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { type Answer, type ConsoleEvent, type MapBox, ROUTES } from '../../src/api/contract.ts';
import { codeOf, stepAt } from '../../src/services/iam/totp.ts';
import { ConsoleClient } from './console-client.ts';
import { listen } from './console-events.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { withSqlRules } from './console-template.ts';
import { untranslated } from './console-texts.ts';
import { honmaru, ROOT } from './program.ts';
import { environmentOf } from './up-node.ts';

const PASSWORD = 'Correct-Horse-7';
const OWNER = '事業責任者 (business owner)';

/** RFC 4648, section 6. */
function fromBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replaceAll('=', '')) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

describe('the API of the console, from the first start to a signed decision', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-console-'));
  const environment = join(folder, 'webapp');
  const template = join(environment, 'template.yaml');
  let node: ConsoleNode;
  let admin: ConsoleClient;
  let analyst: ConsoleClient;
  let owner: ConsoleClient;
  let iam: IAMClient;
  let seed: Buffer;
  let risk: Answer<'GET /api/risks'>['items'][number];

  before(async () => {
    mkdirSync(environment);
    for (const file of ['honmaru.yaml', 'template.yaml']) {
      cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
    }
    node = await startConsoleNode(folder, environment);
    admin = new ConsoleClient(node.origin);
  });
  after(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('nothing but the session is told to somebody who is not signed in', async () => {
    assert.equal((await admin.get('GET /api/session')).state, 'set-up-needed');
    for (const path of [
      '/api/overview',
      '/api/risks',
      '/api/map',
      '/api/risks/nothing',
      '/api/reports/html',
    ]) {
      const { status, content } = await admin.raw('GET', path);
      assert.equal(status, 401, path);
      assert.equal((content as { code: string }).code, 'signed-out');
    }
  });

  test('the set-up link makes the first administrator, once', async () => {
    assert.doesNotMatch(node.output(), /set-up#/, 'the link is not printed where there is no terminal');
    const token = new URL(node.link()).hash.slice(1);
    const body = { token, name: 'admin', password: PASSWORD };
    const wrong = await admin.ask('POST /api/set-up', { body: { ...body, token: 'wrong' } });
    assert.equal(wrong.status, 403);
    const weak = await admin.ask('POST /api/set-up', { body: { ...body, password: 'weak' } });
    assert.equal(weak.status, 400);
    const made = await admin.get('POST /api/set-up', { body });
    assert.equal(made.session.state, 'signed-in');
    assert.equal(made.session.user?.mfa, 'none');
    const again = new ConsoleClient(node.origin);
    await again.get('GET /api/session');
    assert.equal((await again.ask('POST /api/set-up', { body })).status, 403);
    iam = new IAMClient({
      endpoint: node.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey },
    });
  });

  test('cookies, hosts, origins and tokens: what a foreign page could send is refused', async () => {
    const { headers } = await new ConsoleClient(node.origin).raw('GET', '/api/session');
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
    assert.match(admin.cookie, /^__Host-honmaru=[\w-]{43}$/);
    const cases: readonly (readonly [string, Record<string, string>, number])[] = [
      ['another host name', { host: 'evil.example' }, 421],
      ['another origin', { origin: 'http://evil.example' }, 403],
      ['no token', { 'x-honmaru-csrf': '' }, 403],
      ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
      ['a form', { 'content-type': 'text/plain' }, 415],
    ];
    for (const [what, given, status] of cases) {
      const answer = await admin.raw('POST', '/api/what-if', { body: '{}', headers: given });
      assert.equal(answer.status, status, what);
    }
    const large = await admin.raw('POST', '/api/what-if', {
      body: JSON.stringify({ a: 'x'.repeat(300_000) }),
    });
    assert.equal(large.status, 413);
  });

  test('users sign in with their login profile and see what their policies allow', async () => {
    for (const [name, policy] of [
      ['viewer', 'HonmaruViewer'],
      ['analyst', 'HonmaruAnalyst'],
      ['owner', 'HonmaruOwner'],
      ['nobody', ''],
    ] as const) {
      await iam.send(new CreateUserCommand({ UserName: name }));
      await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: PASSWORD }));
      if (policy === '') continue;
      await iam.send(
        new AttachUserPolicyCommand({ UserName: name, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }),
      );
    }
    const nobody = new ConsoleClient(node.origin);
    assert.equal((await nobody.signIn('nobody', PASSWORD)).state, 'signed-in');
    const unknown = await nobody.ask('GET /api/risks/:id', { parts: { id: 'no-such-risk' } });
    assert.equal(unknown.status, 403, 'whoever may see nothing does not learn what exists');
    const viewer = new ConsoleClient(node.origin);
    await viewer.signIn('viewer', PASSWORD);
    const overview = await viewer.get('GET /api/overview');
    assert.equal(overview.environment.name, 'webapp');
    assert.equal(overview.checklist.of, 12);
    assert.ok(overview.open.total > 10, String(overview.open.total));
    assert.equal((await viewer.ask('GET /api/risks/:id', { parts: { id: 'no-such-risk' } })).status, 404);
    const refused = await viewer.ask('POST /api/proposals', {
      body: { risks: [{ id: 'x' }], treatment: { response: 'avoid', reason: 'x' } },
    });
    assert.equal(refused.status, 403);
    const bad = await viewer.ask('POST /api/sign-in', { body: { name: 'viewer', password: 'wrong' } });
    assert.equal(bad.status, 401);
  });

  test('an administrator names whom a user acts for, with a second factor', async () => {
    const early = await admin.ask('PUT /api/people/:user', {
      parts: { user: 'owner' },
      body: { person: OWNER },
    });
    assert.equal(early.status, 403);
    const start = await admin.get('POST /api/me/totp');
    seed = fromBase32(start.secret);
    assert.match(start.qr, /^data:image\/png;base64,/);
    const step = stepAt(Date.now());
    await admin.get('POST /api/me/totp/confirm', {
      body: { serial: start.serial, first: codeOf(seed, step - 1), second: codeOf(seed, step) },
    });
    const reused = await admin.ask('POST /api/sign-in/totp', { body: { code: codeOf(seed, step) } });
    assert.equal(reused.status, 401, 'a code counts once');
    const raised = await admin.get('POST /api/sign-in/totp', { body: { code: codeOf(seed, step + 1) } });
    assert.equal(raised.user?.mfa, 'totp');
    const people = await admin.get('PUT /api/people/:user', {
      parts: { user: 'owner' },
      body: { person: OWNER },
    });
    assert.equal(people.items.find(({ user }) => user === 'owner')?.owner, true);
    const second = new ConsoleClient(node.origin);
    assert.equal((await second.signIn('admin', PASSWORD)).state, 'mfa-needed');
    assert.equal((await second.ask('GET /api/overview')).status, 401);
  });

  test('the map is whole: every resource placed once or listed, and the geometry is right', async () => {
    const map = await admin.get('GET /api/map', { query: { lang: 'ja' } });
    assert.deepEqual(map.problems, []);
    const boxes = function* (list: readonly MapBox[]): Iterable<MapBox> {
      for (const box of list) {
        yield box;
        yield* boxes(box.children);
      }
    };
    const all = [...boxes(map.boxes)];
    assert.ok(
      all.filter(({ kind }) => kind === 'resource').length >= 8,
      String(all.filter(({ kind }) => kind === 'resource').length),
    );
    const waf = all.flatMap(({ badges }) => badges).find(({ safeguard }) => safeguard === 'waf');
    const place = waf?.places[0] ?? '';
    const panel = await admin.get('GET /api/map/panel', { query: { safeguard: 'waf', place } });
    assert.equal(panel.state, 'off');
    assert.ok(panel.stops.ja !== '' && panel.doesNotStop.en !== '');
    assert.ok((panel.patch?.parts.length ?? 0) > 0);
    const switches = [{ safeguard: 'waf', place, state: 'on' as const }];
    const what = await admin.get('POST /api/what-if', { body: { switches } });
    assert.match(what.marking.ja, /確率ではない/);
    assert.ok(what.risks.some(({ before: was, after: is }) => is.current.high < was.current.high));
  });

  test('an attack is told hop by hop with what each safeguard does', async () => {
    const { items } = await admin.get('GET /api/attacks');
    const injection = items.find(({ kind }) => kind === 'injection');
    assert.equal(injection?.hops[0]?.resource, 'internet');
    assert.ok(injection?.hops.every(({ box }) => box !== undefined));
    const verdicts = injection?.hops.flatMap(({ guards }) => guards.map(({ verdict }) => verdict)) ?? [];
    assert.ok(verdicts.includes('nothing'));
    for (const kind of ['stolen-credentials', 'flood', 'unpatched'])
      assert.ok(
        items.some((each) => each.kind === kind),
        kind,
      );
  });

  test('lists are filtered, sorted and paged on the server; a wrong filter is named', async () => {
    const page = await admin.get('GET /api/findings', {
      query: { status: 'FAIL', size: 5, sort: 'severity', descending: true },
    });
    assert.equal(page.items.length, 5);
    assert.ok(page.items.every(({ status }) => status === 'FAIL'));
    assert.equal(page.counts.FAIL, page.total);
    const not = await admin.get('GET /api/findings', {
      query: { 'status.not': ['FAIL', 'PASS'], size: 200 } as never,
    });
    assert.ok(not.items.every(({ status }) => status !== 'FAIL' && status !== 'PASS'));
    for (const [query, field] of [
      ['status=NEVER', 'status'],
      ['colour=red', 'colour'],
      ['size=100000', 'size'],
      ['sort=shoe', 'sort'],
    ] as const) {
      const { status, content } = await admin.raw('GET', `/api/findings?${query}`);
      assert.equal(status, 400, query);
      assert.equal((content as { field: string }).field, field);
    }
    assert.ok(
      (await admin.get('GET /api/assets', { query: {} })).items.some(({ name }) => name === 'Database'),
    );
    assert.ok((await admin.get('GET /api/safeguards')).columns.length > 15);
    assert.ok((await admin.get('GET /api/resources', { query: { text: 'database' } as never })).total > 0);
    const coverage = await admin.get('GET /api/coverage');
    assert.ok(coverage.resources > 20);
    const unknown = await admin.get('GET /api/coverage/facts', { query: { kind: 'unknown', size: 2 } });
    assert.equal(unknown.total, coverage.unknowns.length);
    assert.equal(unknown.items.length, 2);
    assert.equal((await admin.raw('GET', '/api/coverage?colour=red')).status, 400);
  });

  test('every text that is told exists in both languages', async () => {
    const place = { safeguard: 'waf', place: 'cfn:webapp/LoadBalancer' };
    const { items } = await admin.get('GET /api/risks', { query: { size: 3 } });
    const paths = [
      ...Object.keys(ROUTES).flatMap((key) => {
        const [method, path = ''] = key.split(' ');
        const plain = method === 'GET' && !/[:]|events|panel|log$|signers$|anchor$/.test(path);
        return plain ? [path.includes('/api/map') ? `${path}?lang=ja` : path] : [];
      }),
      ...items.map(({ id }) => `/api/risks/${id}`),
      `/api/map/panel?${new URLSearchParams(place)}`,
      '/api/resources/cfn%3Awebapp%2FLoadBalancer',
      '/api/assets/cfn%3Awebapp%2FDatabase',
      '/api/findings?size=200',
      '/api/findings?status=NEVER',
      '/api/findings?size=100000',
      '/api/risks/no-such-risk',
      '/api/nothing',
    ];
    const faults: string[] = [];
    for (const path of paths) {
      const { content, status } = await admin.raw('GET', path);
      assert.ok(status < 500 && status !== 401 && status !== 403, `${path}: ${status}`);
      faults.push(...untranslated(content).map((each) => `${path}: ${each}`));
    }
    for (const [route, body] of [
      ['POST /api/fix', place],
      ['POST /api/what-if', { switches: [{ ...place, state: 'on' }] }],
      ['POST /api/me/password', { before: 'wrong-Password-1', after: 'x' }],
      ['POST /api/risks', { key: 'Not A Key' }],
    ] as const) {
      const { content } = await admin.ask(route, { body: body as never });
      faults.push(...untranslated(content).map((each) => `${route}: ${each}`));
    }
    assert.ok(paths.length > 25, String(paths.length));
    assert.deepEqual(faults, []);
  });

  test('the analyst proposes and cannot decide; the owner decides with a passkey', async () => {
    analyst = new ConsoleClient(node.origin);
    owner = new ConsoleClient(node.origin);
    await analyst.signIn('analyst', PASSWORD);
    await owner.signIn('owner', PASSWORD);
    const risks = await analyst.get('GET /api/risks', { query: { rule: 'inject-db' } });
    const [found] = risks.items;
    assert.ok(found);
    risk = found;
    const parts = { id: risk.id };
    const { shown } = await analyst.get('GET /api/risks/:id', { parts });
    const treatment = { response: 'accept' as const, reason: 'until the launch', until: '2099-12-31' };
    const stale = await analyst.ask('POST /api/risks/:id/proposal', {
      parts,
      body: { treatment, shown: '0'.repeat(64) },
    });
    assert.equal(stale.status, 409);
    const proposed = await analyst.get('POST /api/risks/:id/proposal', {
      parts,
      body: { treatment, shown: shown.hash },
    });
    assert.equal(proposed.standing.status, 'proposed');
    const body = { approved: true, shown: shown.hash };
    assert.equal((await analyst.ask('POST /api/risks/:id/decision/start', { parts, body })).status, 403);
    const early = await owner.ask('POST /api/risks/:id/decision/start', { parts, body });
    assert.equal(early.status, 403, 'without a second factor');

    const passkey = await owner.addPasskey();
    assert.equal((await owner.get('GET /api/session')).user?.mfa, 'passkey');
    assert.equal((await owner.get('GET /api/overview')).waiting[0]?.id, risk.id);
    const heard = await listen(analyst);
    const start = await owner.get('POST /api/risks/:id/decision/start', { parts, body });
    const challenge = String(start.passkey?.challenge);
    const forged = await owner.ask('POST /api/risks/:id/decision', {
      parts,
      body: { method: 'passkey', ticket: start.ticket, response: passkey.sign('Zm9yZ2VkLWNoYWxsZW5nZQ') },
    });
    assert.equal(forged.status, 401);
    const again = await owner.get('POST /api/risks/:id/decision/start', { parts, body });
    assert.notEqual(String(again.passkey?.challenge), challenge);
    const decided = await owner.get('POST /api/risks/:id/decision', {
      parts,
      body: {
        method: 'passkey',
        ticket: again.ticket,
        response: passkey.sign(String(again.passkey?.challenge)),
      },
    });
    assert.equal(decided.standing.status, 'accepted');
    assert.equal(decided.standing.assurance, 'signed');
    assert.equal(decided.standing.counts, true);
    const event = await heard.next((each) => each.kind === 'decided');
    assert.equal(event.kind === 'decided' && event.risk, risk.id);
    heard.close();
    const history = await analyst.get('GET /api/risks/:id/history', { parts });
    assert.equal(history.intact, true);
    assert.deepEqual(
      history.entries.map(({ kind, signedWith }) => [kind, signedWith]),
      [
        ['proposed', undefined],
        ['decided', 'passkey'],
      ],
    );
  });

  test('the signed decision verifies offline, and an altered one does not', async () => {
    const kept = join(folder, 'kept');
    mkdirSync(join(kept, '.honmaru'), { recursive: true });
    cpSync(join(environment, 'honmaru.yaml'), join(kept, 'honmaru.yaml'));
    const log = (await owner.raw('GET', '/api/decisions/log')).text;
    const signers = (await owner.raw('GET', '/api/decisions/allowed-signers')).text;
    writeFileSync(join(kept, 'honmaru.decisions.jsonl'), log);
    writeFileSync(join(kept, '.honmaru/allowed_signers'), signers);
    const good = honmaru(['risk', 'verify', 'honmaru.decisions.jsonl'], {
      cwd: kept,
      env: environmentOf(folder),
    });
    assert.equal(good.code, 0, good.err);
    assert.match(good.out, /in force: 1 signed, 0 confirmed, 0 not signed/);
    writeFileSync(join(kept, 'honmaru.decisions.jsonl'), log.replace('until the launch', 'until the Launch'));
    const altered = honmaru(['risk', 'verify', 'honmaru.decisions.jsonl'], {
      cwd: kept,
      env: environmentOf(folder),
    });
    assert.equal(altered.code, 2);
  });

  test('a decision that is confirmed by a code is not signed, and says so', async () => {
    const start = await owner.get('POST /api/me/totp');
    const own = fromBase32(start.secret);
    const step = stepAt(Date.now());
    await owner.get('POST /api/me/totp/confirm', {
      body: { serial: start.serial, first: codeOf(own, step - 1), second: codeOf(own, step) },
    });
    const { items } = await owner.get('GET /api/risks', { query: { status: 'undecided' } });
    const [other] = items;
    assert.ok(other);
    const parts = { id: other.id };
    const treatment = { response: 'reduce' as const, reason: 'in the next sprint' };
    const bulk = await analyst.get('POST /api/proposals', {
      body: { risks: [{ id: other.id }, { id: 'no-such-risk' }], treatment },
    });
    assert.deepEqual(bulk.proposed, [other.id]);
    assert.equal(bulk.refused[0]?.code, 'risk-unknown');
    const { shown } = await owner.get('GET /api/risks/:id', { parts });
    const body = { approved: true, shown: shown.hash };
    const { ticket, methods } = await owner.get('POST /api/risks/:id/decision/start', { parts, body });
    assert.deepEqual([...methods].sort(), ['passkey', 'totp']);
    const decided = await owner.get('POST /api/risks/:id/decision', {
      parts,
      body: { method: 'totp', ticket, code: codeOf(own, step + 1) },
    });
    assert.equal(decided.standing.status, 'reducing');
    assert.equal(decided.standing.assurance, 'confirmed');
    const twice = await owner.ask('POST /api/risks/:id/decision', {
      parts,
      body: { method: 'totp', ticket, code: codeOf(own, step + 2) },
    });
    assert.equal(twice.status, 409, 'a prepared decision counts once');
  });

  test('whoever proposed cannot approve, and facts that nobody looked at are not decided', async () => {
    const { items } = await owner.get('GET /api/risks', { query: { status: 'undecided' } });
    const parts = { id: items[0]?.id ?? '' };
    const { shown } = await owner.get('GET /api/risks/:id', { parts });
    const treatment = { response: 'avoid' as const, reason: 'switched off in May' };
    await owner.get('POST /api/risks/:id/proposal', { parts, body: { treatment, shown: shown.hash } });
    const detail = await owner.get('GET /api/risks/:id', { parts });
    assert.match(detail.cannotDecide?.en ?? '', /whoever proposed/);
    const own = await owner.ask('POST /api/risks/:id/decision/start', {
      parts,
      body: { approved: true, shown: shown.hash },
    });
    assert.equal(own.status, 403);
    assert.match(own.text, /decision-own-proposal/);
    const other = await analyst.ask('POST /api/risks/:id/proposal', {
      parts,
      body: { treatment: { response: 'accept', reason: 'x' }, shown: shown.hash },
    });
    assert.equal(other.status, 400, 'an acceptance needs a last day');
  });

  test('reports come as files in both languages; PDF where Chromium is installed', async () => {
    const { items } = await analyst.get('GET /api/reports');
    const html = await analyst.raw('GET', '/api/reports/html?lang=ja');
    assert.match(String(html.headers['content-disposition']), /attachment; filename="honmaru-webapp-/);
    assert.match(html.text, /社外秘/);
    assert.equal((await analyst.raw('GET', '/api/reports/exe')).status, 404);
    if (items.find(({ format }) => format === 'pdf')?.available !== true) return;
    const pdf = await analyst.raw('GET', '/api/reports/pdf?lang=ja');
    assert.equal(pdf.status, 200, pdf.text.slice(0, 500));
    assert.match(pdf.text, /^%PDF-/);
  });

  test('what people enter by hand stands in the inventory at once', async () => {
    const { file } = await analyst.get('POST /api/assets', {
      body: { key: 'sales-pc', name: '=HYPERLINK("x") <b>', kind: 'pc', confidentiality: 3 },
    });
    assert.match(file, /honmaru\.assets\.yaml$/);
    const { items } = await analyst.get('GET /api/assets', { query: { origin: 'by-hand' } });
    assert.equal(items[0]?.name, '=HYPERLINK("x") <b>');
    const { text } = await analyst.raw('GET', '/api/reports/html?lang=en');
    assert.doesNotMatch(text, /HYPERLINK\("x"\) <b>/);
  });

  test('a saved change is assessed at once, and an acceptance whose facts changed lapses', async () => {
    const heard = await listen(analyst);
    const source = readFileSync(template, 'utf8');
    const began = performance.now();
    writeFileSync(template, withSqlRules(source));
    await heard.next((event) => event.kind === 'assessed' && event.changedFiles.includes('template.yaml'));
    const took = performance.now() - began;
    const { standing } = await analyst.get('GET /api/risks/:id', { parts: { id: risk.id } });
    assert.equal(standing.status, 'lapsed');
    assert.equal(standing.counts, false);
    assert.equal((await analyst.get('GET /api/risks', { query: {} })).items[0]?.id, risk.id, 'on top');
    assert.ok(took < 5_000, `${took} ms`);

    writeFileSync(template, `${source}\n  broken: [`);
    const event = (await heard.next((each) => each.kind === 'banner')) as Extract<
      ConsoleEvent,
      { kind: 'banner' }
    >;
    assert.match(event.banner?.message.en ?? '', /template\.yaml:\d+/);
    const overview = await analyst.get('GET /api/overview');
    assert.ok(overview.open.total > 10, 'the last good state stays');
    assert.equal(overview.banner?.kind, 'broken');
    writeFileSync(template, withSqlRules(source));
    await heard.next((each) => each.kind === 'banner' && each.banner === undefined);
    heard.close();
  });

  test('a session that is revoked is over at once', async () => {
    const { items } = await analyst.get('GET /api/sessions');
    assert.ok(items.every(({ user }) => user === 'analyst'));
    const current = items.find((each) => each.current);
    const other = new ConsoleClient(node.origin);
    await other.signIn('viewer', PASSWORD);
    const foreign = await other.ask('DELETE /api/sessions/:id', { parts: { id: current?.id ?? '' } });
    assert.equal(foreign.status, 404, foreign.text);
    await admin.get('DELETE /api/sessions/:id', { parts: { id: current?.id ?? '' } });
    assert.equal((await analyst.ask('GET /api/overview')).status, 401);
  });

  test('an address that others reach needs an origin, TLS and an administrator', () => {
    const up = (...words: string[]) =>
      honmaru(['up', environment, '--listen', '127.0.0.1:0', '--console', '0.0.0.0:0', ...words], {
        env: environmentOf(join(folder, 'other')),
      });
    const bare = up();
    assert.equal(bare.code, 2);
    assert.match(bare.err, /needs --console-origin/);
    const plain = up('--console-origin', 'https://console.example.com');
    assert.equal(plain.code, 2);
    assert.match(plain.err, /without TLS they can read/);
  });

  test('guessing passwords is slowed down', async () => {
    const guesser = new ConsoleClient(node.origin);
    await guesser.get('GET /api/session');
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      const { status } = await guesser.ask('POST /api/sign-in', {
        body: { name: 'owner', password: `x${count}` },
      });
      statuses.push(status);
    }
    assert.equal(statuses.at(-1), 429);
  });
});
