import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { median } from '../../bench/measure.ts';
import { ConsoleClient, type VirtualPasskey } from './console-client.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { honmaru, ROOT } from './program.ts';
import { environmentOf } from './up-node.ts';

/** Approvals that nothing disturbs, to know how long one takes. */
const WHOLE = 3;
/** `HONMARU_CRASH_ROUNDS=30` for a longer run: each round starts the server again. */
const ROUNDS = Number(process.env.HONMARU_CRASH_ROUNDS ?? 8);

/**
 * A port that the server finds free again after each kill: below those that the system gives to other connections of
 * this machine meanwhile.
 */
async function lastingPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(10_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('no port is free');
}

const BACK_MILLISECONDS = 60_000;

async function untilUp(client: ConsoleClient, node: ConsoleNode): Promise<void> {
  const late = performance.now() + BACK_MILLISECONDS;
  while (performance.now() < late) {
    const up = await client.raw('GET', '/api/session').then(
      ({ status }) => status === 200,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the console did not come back: ${node.output().slice(-1_000)}`);
}

describe('the server is killed in the middle of an approval', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-console-crash-'));
  const environment = join(folder, 'webapp');
  let node: ConsoleNode;
  let client: ConsoleClient;

  before(async () => {
    mkdirSync(environment);
    cpSync(join(ROOT, 'examples/webapp/template.yaml'), join(environment, 'template.yaml'));
    writeFileSync(
      join(environment, 'honmaru.yaml'),
      'schema: honmaru.declaration/1\nname: webapp\nowner: admin\nteam: one\n',
    );
    node = await startConsoleNode(folder, environment, await lastingPort());
    client = new ConsoleClient(node.origin);
    await client.get('GET /api/session');
    const token = new URL(node.link()).hash.slice(1);
    await client.get('POST /api/set-up', { body: { token, name: 'admin', password: 'Correct-Horse-7' } });
  });
  after(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  let passkey: VirtualPasskey;

  /** Proposes, and prepares the approval up to the request that decides. */
  async function prepared(id: string, round: number) {
    const parts = { id };
    const { shown } = await client.get('GET /api/risks/:id', { parts });
    const treatment = { response: 'reduce' as const, reason: `round ${round}` };
    await client.get('POST /api/risks/:id/proposal', { parts, body: { treatment, shown: shown.hash } });
    const before = (await client.get('GET /api/risks/:id/history', { parts })).entries.length;
    const body = { approved: true, shown: shown.hash };
    const { ticket, passkey: options } = await client.get('POST /api/risks/:id/decision/start', {
      parts,
      body,
    });
    const response = passkey.sign(String(options?.challenge));
    const decide = () =>
      client.ask('POST /api/risks/:id/decision', { parts, body: { method: 'passkey', ticket, response } });
    return { before, decide };
  }

  test('afterwards the approval is fully there or not at all, and the chain verifies', async (context) => {
    passkey = await client.addPasskey();
    const { items } = await client.get('GET /api/risks', { query: { status: 'undecided', size: 20 } });
    const ids = items.map(({ id }) => id);
    const whole = ids.slice(0, WHOLE);
    const others = ids.slice(WHOLE);
    assert.ok(others.length > 0);
    // The first takes longer than those that follow: by it alone all others would be killed too late.
    const times: number[] = [];
    for (const id of whole) {
      const { decide } = await prepared(id, -1);
      const began = performance.now();
      assert.equal((await decide()).status, 200);
      times.push(performance.now() - began);
    }
    const took = median(times);
    const ends = { nothing: 0, written: 0, answered: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = others[round % others.length] ?? '';
      const { before, decide } = await prepared(id, round);
      const deciding = decide().catch(() => undefined);
      // Anywhere from the request to a little after the answer, at a different place in each round; at once in the first.
      const share = round === 0 ? 0 : (round + Math.random()) / ROUNDS;
      await new Promise((resolve) => setTimeout(resolve, share * took * 1.5));
      process.kill(node.controlPlane(), 'SIGKILL');
      const answer = await deciding;
      await untilUp(client, node);
      const parts = { id };
      const { standing } = await client.get('GET /api/risks/:id', { parts });
      const { intact, entries } = await client.get('GET /api/risks/:id/history', { parts });
      assert.equal(intact, true);
      const isThere = standing.status === 'reducing' && standing.reason === `round ${round}`;
      assert.equal(entries.length, before + (isThere ? 1 : 0));
      if (isThere) assert.equal(standing.assurance, 'signed');
      else assert.equal(entries.at(-1)?.kind, 'proposed');
      if (answer?.status === 200) assert.ok(isThere, 'what was acknowledged survives');
      ends[answer?.status === 200 ? 'answered' : isThere ? 'written' : 'nothing'] += 1;
    }
    context.diagnostic(
      `an approval takes ${took.toFixed(0)} ms; of ${ROUNDS}: ${ends.nothing} left nothing, ${ends.written} were written but not answered, ${ends.answered} were answered`,
    );
    assert.ok(ends.answered < ROUNDS, 'at least one was cut short');
    const log = join(folder, 'honmaru.decisions.jsonl');
    writeFileSync(log, (await client.raw('GET', '/api/decisions/log')).text);
    const verified = honmaru(['risk', 'verify', log], { env: environmentOf(folder) });
    assert.equal(verified.code, 0, verified.err);
  });
});
