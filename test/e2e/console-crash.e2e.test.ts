import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ConsoleClient } from './console-client.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { honmaru, ROOT } from './program.ts';
import { environmentOf } from './up-node.ts';

const ROUNDS = 4;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilUp(client: ConsoleClient): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const up = await client.raw('GET', '/api/session').then(
      ({ status }) => status === 200,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the console did not come back');
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
    node = await startConsoleNode(folder, environment, await freePort());
    client = new ConsoleClient(node.origin);
    await client.get('GET /api/session');
    const token = new URL(node.link()).hash.slice(1);
    await client.get('POST /api/set-up', { body: { token, name: 'admin', password: 'Correct-Horse-7' } });
  });
  after(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('afterwards the approval is fully there or not at all, and the chain verifies', async () => {
    const passkey = await client.addPasskey();
    const { items } = await client.get('GET /api/risks', { query: { status: 'undecided', size: ROUNDS } });
    let acknowledged = 0;
    for (const [round, { id }] of items.entries()) {
      const parts = { id };
      const { shown } = await client.get('GET /api/risks/:id', { parts });
      const treatment = { response: 'reduce' as const, reason: `round ${round}` };
      await client.get('POST /api/risks/:id/proposal', { parts, body: { treatment, shown: shown.hash } });
      const body = { approved: true, shown: shown.hash };
      const start = await client.get('POST /api/risks/:id/decision/start', { parts, body });
      const response = passkey.sign(String(start.passkey?.challenge));
      const deciding = client
        .ask('POST /api/risks/:id/decision', {
          parts,
          body: { method: 'passkey', ticket: start.ticket, response },
        })
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      process.kill(node.controlPlane(), 'SIGKILL');
      const answer = await deciding;
      await untilUp(client);
      const { standing } = await client.get('GET /api/risks/:id', { parts });
      const { intact, entries } = await client.get('GET /api/risks/:id/history', { parts });
      assert.equal(intact, true);
      assert.equal(entries.length, standing.status === 'reducing' ? 2 : 1);
      assert.ok(standing.status === 'proposed' || standing.assurance === 'signed', standing.status);
      if (answer?.status === 200) {
        acknowledged += 1;
        assert.equal(standing.status, 'reducing', 'what was acknowledged survives');
      }
    }
    assert.ok(acknowledged < ROUNDS, 'at least one was cut short');
    const log = join(folder, 'honmaru.decisions.jsonl');
    writeFileSync(log, (await client.raw('GET', '/api/decisions/log')).text);
    const verified = honmaru(['risk', 'verify', log], { env: environmentOf(folder) });
    assert.equal(verified.code, 0, verified.err);
  });
});
