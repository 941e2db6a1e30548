import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
import type { Answer } from '../../src/api/contract.ts';
import { canonicalJson } from '../../src/decisions/canonical.ts';
import { type Heads, sealHeads } from '../../src/decisions/heads.ts';
import { ConsoleClient, type VirtualPasskey } from './console-client.ts';
import { listen } from './console-events.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { honmaru, ROOT } from './program.ts';
import { environmentOf } from './up-node.ts';

const PASSWORD = 'Correct-Horse-7';

describe('a risk from the proposal to its closing, in the console alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-console-closing-'));
  const environment = join(folder, 'webapp');
  const template = join(environment, 'template.yaml');
  let node: ConsoleNode;
  let owner: ConsoleClient;
  let passkey: VirtualPasskey;
  let analyst: ConsoleClient;
  let viewer: ConsoleClient;
  let id = '';
  let anchor = '';

  const detail = (client: ConsoleClient): Promise<Answer<'GET /api/risks/:id'>> =>
    client.get('GET /api/risks/:id', { parts: { id } });

  async function ownersEntry(kind: 'decision' | 'closing' | 'class', body: object) {
    const parts = { id };
    const start = await owner.get(`POST /api/risks/:id/${kind}/start`, { parts, body: body as never });
    const response = passkey.sign(String(start.passkey?.challenge));
    return owner.get(`POST /api/risks/:id/${kind}`, {
      parts,
      body: { method: 'passkey', ticket: start.ticket, response },
    });
  }

  before(async () => {
    mkdirSync(environment);
    for (const file of ['honmaru.yaml', 'template.yaml']) {
      cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
    }
    const declaration = join(environment, 'honmaru.yaml');
    writeFileSync(declaration, readFileSync(declaration, 'utf8').replace(/^owner: .*$/m, 'owner: owner'));
    node = await startConsoleNode(folder, environment);
    owner = new ConsoleClient(node.origin);
    await owner.get('GET /api/session');
    const token = new URL(node.link()).hash.slice(1);
    const made = await owner.get('POST /api/set-up', { body: { token, name: 'owner', password: PASSWORD } });
    passkey = await owner.addPasskey();
    const iam = new IAMClient({
      endpoint: node.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey },
    });
    for (const [name, policy] of [
      ['analyst', 'HonmaruAnalyst'],
      ['viewer', 'HonmaruViewer'],
    ] as const) {
      await iam.send(new CreateUserCommand({ UserName: name }));
      await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: PASSWORD }));
      const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
    }
    analyst = new ConsoleClient(node.origin);
    viewer = new ConsoleClient(node.origin);
    await analyst.signIn('analyst', PASSWORD);
    await viewer.signIn('viewer', PASSWORD);
    const { items } = await owner.get('GET /api/risks', { query: { rule: 'single-az' } });
    id = items[0]?.id ?? '';
  });
  after(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a proposal is taken back by whoever made it, and by nobody else', async () => {
    const parts = { id };
    const { shown, cannotWithdraw } = await detail(analyst);
    assert.equal(cannotWithdraw?.en, 'nothing is proposed');
    const treatment = { response: 'avoid' as const, reason: 'the wrong risk' };
    await analyst.get('POST /api/risks/:id/proposal', { parts, body: { treatment, shown: shown.hash } });
    const body = { reason: 'meant another one' };
    const foreign = await owner.ask('POST /api/risks/:id/withdrawal', { parts, body });
    assert.equal(foreign.status, 403);
    assert.match(foreign.text, /decision-not-proposer/);
    assert.equal((await viewer.ask('POST /api/risks/:id/withdrawal', { parts, body })).status, 403);
    assert.equal((await detail(analyst)).cannotWithdraw, undefined);
    const { standing } = await analyst.get('POST /api/risks/:id/withdrawal', { parts, body });
    assert.equal(standing.status, 'undecided');
    const twice = await analyst.ask('POST /api/risks/:id/withdrawal', { parts, body });
    assert.equal(twice.status, 409);
  });

  test('a risk is not closed before its value is down, and never by an analyst', async () => {
    const parts = { id };
    const before = await detail(owner);
    assert.match(before.closing.notYet?.en ?? '', /no approved treatment/);
    assert.match(before.cannotClose?.ja ?? '', /承認済み/);
    const treatment = { response: 'reduce' as const, reason: 'a second zone' };
    await analyst.get('POST /api/risks/:id/proposal', {
      parts,
      body: { treatment, shown: before.shown.hash },
    });
    const { standing } = await ownersEntry('decision', { approved: true, shown: before.shown.hash });
    assert.equal(standing.status, 'reducing');
    const body = { shown: before.shown.hash };
    const early = await owner.ask('POST /api/risks/:id/closing/start', { parts, body });
    assert.equal(early.status, 409);
    assert.match(early.text, /closing-not-reduced/);
    assert.equal((await analyst.ask('POST /api/risks/:id/closing/start', { parts, body })).status, 403);
    anchor = (await owner.raw('GET', '/api/decisions/anchor')).text;
  });

  test("fix's own diff is shown for one safeguard at one place, and nothing is written", async () => {
    const { items } = await owner.get('GET /api/assets', { query: { text: 'database' } as never });
    const place = items.find(({ name }) => name === 'Database')?.id ?? '';
    const body = { safeguard: 'redundancy', place };
    const source = readFileSync(template, 'utf8');
    assert.equal((await viewer.ask('POST /api/fix', { body })).status, 403, 'the diff shows lines of files');
    const fix = await analyst.get('POST /api/fix', { body });
    assert.equal(readFileSync(template, 'utf8'), source);
    assert.match(fix.diff, /^\+ +MultiAZ: true$/m);
    assert.deepEqual(
      fix.changes.map(({ outcome, place: at }) => [outcome, at]),
      [['edit', place]],
    );
    const [change] = fix.changes;
    assert.ok((change?.dollars ?? 0) > 0);
    assert.match(change?.undo.ja ?? '', /patch -R/);
    assert.match(change?.price?.assumption.en ?? '', /\w/);
    assert.ok(change?.impact.some(({ risk }) => risk === id));
    assert.match(fix.command, /^honmaru fix .*--only redundancy --at \S*Database --write$/);
    const unknown = await analyst.ask('POST /api/fix', { body: { ...body, place: 'cfn:webapp/Nothing' } });
    assert.equal(unknown.status, 404);
    const wrong = await analyst.ask('POST /api/fix', {
      body: { ...body, answers: { domain: 'not a domain' } },
    });
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /answers\.domain/);

    const heard = await listen(analyst);
    const patched = spawnSync('patch', [template], { input: fix.diff, encoding: 'utf8' });
    assert.equal(patched.status, 0, patched.stderr);
    await heard.next(({ kind }) => kind === 'assessed');
    heard.close();
  });

  test('the owner closes it with the evidence that the server found, signed', async () => {
    const { closing, cannotClose, shown, gone } = await detail(owner);
    assert.equal(gone, true);
    assert.equal(closing.notYet, undefined);
    assert.equal(cannotClose, undefined);
    assert.deepEqual(
      closing.evidence.map(({ kind }) => kind),
      ['gone'],
    );
    assert.match(closing.evidence[0]?.says.ja ?? '', /の評価.リソース\d+件.にはありません/);
    assert.equal(closing.needsWord, false, 'what it was about is still read');
    assert.match((await detail(analyst)).cannotClose?.en ?? '', /policies/);
    const body = { shown: shown.hash, evidence: ['fail-over was tried'] };
    const { standing } = await ownersEntry('closing', body);
    assert.equal(standing.status, 'closed');
    assert.equal(standing.assurance, 'signed');
    assert.match(standing.why?.ja ?? '', /なくなりました/);
    const again = await owner.ask('POST /api/risks/:id/closing/start', { parts: { id }, body });
    assert.equal(again.status, 409);
    const { intact, entries } = await owner.get('GET /api/risks/:id/history', { parts: { id } });
    assert.equal(intact, true);
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['proposed', 'withdrawn', 'proposed', 'decided', 'closed'],
    );
    assert.equal(entries.at(-1)?.signedWith, 'passkey');
    assert.equal(entries.at(-1)?.evidence?.at(-1)?.what, 'fail-over was tried');
  });

  test('a ticket of one kind of entry finishes no other', async () => {
    const parts = { id };
    const { classes, shown } = await detail(owner);
    const [asset] = classes;
    assert.equal(asset?.recorded, undefined);
    const body = { asset: asset?.asset ?? '', reason: 'as declared', shown: shown.hash };
    const start = await owner.get('POST /api/risks/:id/class/start', { parts, body });
    const response = passkey.sign(String(start.passkey?.challenge));
    const given = { method: 'passkey' as const, ticket: start.ticket, response };
    const other = await owner.ask('POST /api/risks/:id/closing', { parts, body: given });
    assert.equal(other.status, 409);
    assert.match(other.text, /decision-late/);
    await ownersEntry('class', body);
    const recorded = (await detail(owner)).classes.find((each) => each.asset === asset?.asset);
    assert.deepEqual(recorded?.recorded, asset?.current);
    const same = await owner.ask('POST /api/risks/:id/class/start', { parts, body });
    assert.equal(same.status, 409);
  });

  test('everything that was entered is one list, verified, and fits the anchor of before', async () => {
    const page = await viewer.get('GET /api/decisions', { query: { size: 3 } });
    assert.equal(page.total, 6);
    assert.deepEqual(
      page.items.map(({ kind }) => kind),
      ['class-changed', 'closed', 'decided'],
    );
    const signed = await viewer.get('GET /api/decisions', {
      query: { assurance: 'signed', kind: ['decided', 'closed'] } as never,
    });
    assert.equal(signed.total, 2);
    const wrong = await viewer.raw('GET', '/api/decisions?kind=guessed');
    assert.equal(wrong.status, 400);
    const checked = await viewer.get('POST /api/decisions/verification', { body: { anchor } });
    assert.deepEqual(checked.problems, []);
    assert.deepEqual(checked.inForce, { signed: 1, confirmed: 0, unsigned: 0 });
    const { hash: _, ...manifest } = JSON.parse(anchor) as Heads;
    const heads = manifest.heads.map((head) => ({ ...head, head: '0'.repeat(64) }));
    const other = canonicalJson(sealHeads({ ...manifest, heads }));
    const cut = await viewer.get('POST /api/decisions/verification', { body: { anchor: other } });
    assert.match(cut.problems[0]?.en ?? '', /was cut or rewritten/);
    const altered = anchor.replace(/"head":"[0-9a-f]{8}/, '"head":"00000000');
    const refused = await viewer.ask('POST /api/decisions/verification', { body: { anchor: altered } });
    assert.equal(refused.status, 400);
    const nothing = await viewer.ask('POST /api/decisions/verification', { body: { anchor: 'x' } });
    assert.equal(nothing.status, 400);
  });

  test('the command line verifies what the console recorded, and reads the same bytes', async () => {
    const kept = join(folder, 'kept');
    mkdirSync(join(kept, '.honmaru'), { recursive: true });
    cpSync(join(environment, 'honmaru.yaml'), join(kept, 'honmaru.yaml'));
    writeFileSync(join(kept, 'log.jsonl'), (await owner.raw('GET', '/api/decisions/log')).text);
    writeFileSync(
      join(kept, '.honmaru/allowed_signers'),
      (await owner.raw('GET', '/api/decisions/allowed-signers')).text,
    );
    const env = environmentOf(folder);
    const { code, out, err } = honmaru(['risk', 'verify', 'log.jsonl'], { cwd: kept, env });
    assert.equal(code, 0, err);
    assert.match(out, /in force: 1 signed/);
    const { text } = await owner.raw('GET', `/api/risks/${id}/canonical`);
    assert.equal(JSON.parse(text).id, id);
  });

  test('it is opened again, and a review records what came back', async () => {
    const parts = { id };
    const heard = await listen(owner);
    writeFileSync(template, readFileSync(template, 'utf8').replace('MultiAZ: true', 'MultiAZ: false'));
    await heard.next(({ kind }) => kind === 'assessed');
    heard.close();
    assert.equal((await detail(owner)).standing.status, 'lapsed');
    assert.equal((await viewer.ask('POST /api/review')).status, 403);
    const { recorded } = await analyst.get('POST /api/review');
    assert.deepEqual(
      recorded.map(({ risk }) => risk),
      [id],
    );
    assert.deepEqual((await analyst.get('POST /api/review')).recorded, []);
    assert.equal((await detail(owner)).standing.status, 'undecided');
    const reopened = await analyst.ask('POST /api/risks/:id/reopen', { parts, body: { reason: 'x' } });
    assert.equal(reopened.status, 409, 'it is open already');
  });
});
