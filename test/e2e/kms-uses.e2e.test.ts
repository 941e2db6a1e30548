import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { ConsoleEvent } from '../../src/api/contract.ts';
import { buildConsole, CHROMIUM, launch, NO_CHROMIUM, screenshot, signIn, visit } from './console-browser.ts';
import { ConsoleClient } from './console-client.ts';
import { listen } from './console-events.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { type Ran, ROOT } from './program.ts';
import { runAsync } from './run-async.ts';
import { environmentOf, startNode } from './up-node.ts';

const PASSWORD = 'Correct-Horse-7';

/** Data under a key that is named by its alias, as a team that has this KMS deployed would write it. */
const TEMPLATE = {
  Resources: {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/orders' } },
    },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/other' } },
  },
};

describe('what depends on a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-kms-uses-'));
  const environment = join(folder, 'webapp');
  let node: ConsoleNode;
  let admin: ConsoleClient;
  let kms: KMSClient;
  let credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  let KeyId = '';

  const own = (...words: string[]): Promise<Ran> =>
    runAsync(process.execPath, [join(ROOT, 'bin/honmaru.js'), ...words], {
      cwd: folder,
      env: {
        ...environmentOf(folder),
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: node.endpoint,
      },
    });

  before(async () => {
    mkdirSync(environment);
    writeFileSync(join(environment, 'template.json'), JSON.stringify(TEMPLATE));
    node = await startConsoleNode(folder, environment);
    admin = new ConsoleClient(node.origin);
    await admin.get('GET /api/session');
    const token = new URL(node.link()).hash.slice(1);
    const body = { token, name: 'admin', password: PASSWORD };
    credentials = await admin.get('POST /api/set-up', { body });
    kms = new KMSClient({ endpoint: node.endpoint, region: 'us-east-1', credentials });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    KeyId = KeyMetadata?.KeyId ?? '';
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }));
    const GranteePrincipal = `arn:aws:iam::${KeyMetadata?.AWSAccountId}:user/admin`;
    await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }));
  });
  after(async () => {
    kms?.destroy();
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('`kms uses` names aliases, grants, resources with their place, volumes and encrypted files', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'orders');
    const made = [
      await own('kms', 'encrypt', 'notes.txt', '--key-id', 'alias/orders'),
      await own('volume', 'create', 'disk.vol', '--size', '1M', '--key-id', 'alias/orders'),
    ];
    for (const { code, err } of made) assert.equal(code, 0, err);
    const arn = JSON.parse((await own('kms', 'uses', KeyId, '--format', 'json')).out).key.arn;
    const seal = { schema: 'honmaru.keeper-seal/1', method: 'kms', kms: { keyId: arn } };
    writeFileSync(join(folder, 'seal.json'), JSON.stringify(seal));
    const shown = await own('kms', 'uses', 'alias/orders', '.');
    assert.equal(shown.code, 0, shown.err);
    for (const line of [
      /Enabled$/m,
      /alias {2}alias\/orders$/m,
      /grant {2}arn:aws:iam::\d{12}:user\/admin: Decrypt \([0-9a-f]{64}\)/,
      /resource {2}Orders \(AWS::DynamoDB::Table\) SSESpecification\.KMSMasterKeyId {2}webapp\/template\.json:1/,
      /volume {2}vol-\w+ {2}disk\.vol$/m,
      /seal of an installation {2}seal\.json$/m,
      /encrypted file {2}notes\.txt\.hmenv$/m,
      /last used {2}.* GenerateDataKey|no use recorded/,
    ]) {
      assert.match(shown.out, line);
    }
    assert.doesNotMatch(shown.out, /Topic/);
    const told = JSON.parse((await own('kms', 'uses', KeyId, '.', '--format', 'json')).out);
    assert.equal(told.schema, 'honmaru.key-uses/1');
    assert.deepEqual(
      told.files.map(({ kind }: { kind: string }) => kind),
      ['volume', 'file', 'seal'],
    );
    assert.match((await own('kms', 'uses', 'alias/none')).err, /there is no key alias\/none/);
  });

  test('a deletion that live data would not survive is a warning and a risk at once, until it is cancelled', async () => {
    const heard = await listen(admin);
    const assessed = async (fits: (event: Extract<ConsoleEvent, { kind: 'assessed' }>) => boolean) =>
      heard.next((event) => event.kind === 'assessed' && fits(event));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await assessed(({ warnings }) => warnings.length > 0);
    const [warning] = (await admin.get('GET /api/overview')).warnings;
    assert.match(
      warning?.message.en ?? '',
      /alias\/orders is deleted on \d{4}-\d\d-\d\d: the data of Orders, .*\(\+1\) can never/,
    );
    const risk = await admin.get('GET /api/risks/:id', { parts: { id: warning?.risk ?? '' } });
    assert.match(JSON.stringify(risk), /key-lost/);
    const shown = await own('kms', 'uses', KeyId, environment);
    assert.equal(shown.code, 1);
    assert.match(shown.out, /PendingDeletion, deleted on/);
    assert.match(shown.out, /volume {2}vol-\w+ {2}\/.*\/disk\.vol$/m);
    rmSync(join(folder, 'notes.txt.hmenv'));
    rmSync(join(folder, 'seal.json'));
    await assessed(({ warnings }) =>
      /the data of Orders, vol-\w+ \(\S+disk\.vol\) can never/.test(warnings[0]?.message.en ?? ''),
    );

    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    await assessed(({ warnings }) => /is disabled/.test(warnings[0]?.message.en ?? ''));
    await kms.send(new EnableKeyCommand({ KeyId }));
    await assessed(({ warnings }) => warnings.length === 0);
    assert.deepEqual((await admin.get('GET /api/overview')).warnings, []);
    heard.close();
  });

  test('a volume that no template knows is a warning as well, and none after it was encrypted with another key', async () => {
    const heard = await listen(admin);
    const warned = async (message: RegExp | undefined) =>
      heard.next(
        (event) =>
          event.kind === 'assessed' &&
          (message ? message.test(event.warnings[0]?.message.en ?? '') : event.warnings.length === 0),
      );
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const other = KeyMetadata?.KeyId ?? '';
    const made = await own('volume', 'create', 'alone.vol', '--size', '1M', '--key-id', other);
    assert.equal(made.code, 0, made.err);
    await kms.send(new DisableKeyCommand({ KeyId: other }));
    await warned(/is disabled: the data of vol-\w+ \(\S+alone\.vol\) cannot be read/);
    await kms.send(new EnableKeyCommand({ KeyId: other }));
    await warned(undefined);
    const anew = await own('volume', 'reencrypt', 'alone.vol', '--key-id', KeyId);
    assert.equal(anew.code, 0, anew.err);
    await kms.send(new DisableKeyCommand({ KeyId: other }));
    assert.deepEqual((await admin.get('GET /api/overview')).warnings, []);
    assert.match((await own('kms', 'uses', KeyId)).out, /volume {2}vol-\w+ {2}\/.*alone\.vol$/m);
    heard.close();
  });

  test('the warning stands on every page of the console', {
    skip: CHROMIUM ? false : NO_CHROMIUM,
  }, async () => {
    buildConsole();
    const browser = await launch();
    try {
      const { page } = await visit(browser, 'ja');
      await signIn(page, node.origin, 'admin', PASSWORD);
      assert.equal(await page.locator('[data-testid=warning]').count(), 0);
      await kms.send(new DisableKeyCommand({ KeyId }));
      await page.waitForSelector('[data-testid=warning]');
      assert.match((await page.textContent('[data-testid=warning]')) ?? '', /鍵alias\/ordersが無効。Orders/);
      await screenshot(page, 'kms-warning');
      await page.click('[data-testid=warning] a');
      await page.waitForURL(/\/risks\//);
      await kms.send(new EnableKeyCommand({ KeyId }));
      await page.waitForSelector('[data-testid=warning]', { state: 'detached' });
    } finally {
      await browser.close();
    }
  });

  test('an installation that protects keys in use refuses to lose them, and says what uses them', async () => {
    await node.stop();
    const none = await startNode(folder, ['--protect-used-keys']).catch(({ message }) => message);
    assert.match(String(none), /--protect-used-keys needs an environment/);
    const words = ['--console', '127.0.0.1:0', '--protect-used-keys', environment];
    const strict = await startNode(folder, words);
    const client = new KMSClient({ endpoint: strict.endpoint, region: 'us-east-1', credentials });
    try {
      const refused = {
        name: 'KMSInvalidStateException',
        message: /in use by Orders, vol-\w+ \(\S+\), vol-\w+ \(\S+\); .*--protect-used-keys/,
      };
      await assert.rejects(client.send(new ScheduleKeyDeletionCommand({ KeyId })), refused);
      await assert.rejects(client.send(new DisableKeyCommand({ KeyId })), refused);
      const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
      await client.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId ?? '' }));
    } finally {
      client.destroy();
      await strict.stop();
    }
  });
});
