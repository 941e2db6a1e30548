import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  ACCEPT,
  allow,
  decisionOf,
  gitIn,
  keyIn,
  ok,
  type Program,
  prepare,
  programIn,
  riskOf,
  SATO,
  TANAKA,
} from './decisions-program.ts';
import { inFolder, ROOT, run } from './program.ts';

const LOG = 'honmaru.decisions.jsonl';
/** Every risk of medium or more is one whose acceptance decides the exit code here. */
const JUDGE = ['assess', '.', '--no-store', '--fail-on', 'high', '--base', 'main'];

/** Accepts every high risk, so that only what counts decides whether the threshold is met. */
async function acceptAll(honmaru: Program, day: string, ...deciding: string[]): Promise<readonly string[]> {
  const ran = await honmaru(day, 'assess', '.', '--format', 'json');
  const high = JSON.parse(ran.out).risks.filter(
    (risk: { band: { current: string } }) => risk.band.current === 'high',
  );
  const ids: string[] = high.map(({ id }: { id: string }) => id);
  for (const id of ids) {
    await ok(honmaru(day, 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
    await ok(honmaru(day, 'risk', 'decide', id, ...deciding));
  }
  await ok(honmaru(day, 'risk', 'export', '--out', LOG, '--by', TANAKA));
  return ids;
}

function repository(folder: string) {
  writeFileSync(join(folder, '.gitignore'), 'data*\nsato*\nmallory*\n');
  const git = gitIn(folder);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'start');
  git('checkout', '-q', '-b', 'change');
  return git;
}

describe('assess --base', () => {
  test('counts what the owner of the base signed, and nothing by owners that the change brings', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      const [sato, mallory] = [keyIn(folder, 'sato'), keyIn(folder, 'mallory')];
      prepare(folder);
      allow(folder, `sato@example.com ${sato.key}`);
      repository(folder);
      assert.equal((await honmaru('2027-01-04', ...JUDGE)).code, 1);
      const ids = await acceptAll(honmaru, '2027-01-04', '--by', SATO, '--sign', sato.file);
      const passed = await honmaru('2027-01-05', ...JUDGE);
      assert.deepEqual([passed.code, passed.err], [0, '']);

      // The change names another owner, with a key of their own.
      writeFileSync(join(folder, 'honmaru.yaml'), 'owner: Mallory <mallory@example.com>\n');
      allow(folder, `sato@example.com ${sato.key}`, `mallory@example.com ${mallory.key}`);
      const still = await honmaru('2027-01-05', ...JUDGE);
      assert.equal(still.code, 0, 'the owner of the base still counts');
      const id = ids[0] ?? '';
      await honmaru('2027-01-05', 'assess', '.');
      await ok(honmaru('2027-01-05', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      const by = ['--by', 'Mallory <mallory@example.com>', '--sign', mallory.file];
      await ok(honmaru('2027-01-05', 'risk', 'decide', id, ...by));
      await ok(honmaru('2027-01-05', 'risk', 'export', '--out', LOG, '--by', TANAKA));
      assert.equal((await honmaru('2027-01-05', ...JUDGE)).code, 1);
      const { counts, doubt } = await decisionOf(honmaru, '2027-01-05', id, '--no-store', '--base', 'main');
      assert.equal(counts, false);
      assert.match(doubt.en, /decided by Mallory .*, who is not the owner \(Sato/);
      const verified = await honmaru('2027-01-05', 'risk', 'verify', LOG, '--base', 'main');
      assert.equal(verified.code, 2);
      assert.match(verified.err, /who is not the owner/);

      // In a pipeline that forgot --base, the changed owner is said.
      const pipeline = programIn(folder, { CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main' });
      const warned = await pipeline('2027-01-05', 'assess', '.', '--no-store');
      assert.match(
        warned.err,
        /honmaru.yaml, .honmaru\/allowed_signers differs from main: this change alters who decides/,
      );
      const blind = await programIn(folder, { CI: 'true' })('2027-01-05', 'assess', '.', '--no-store');
      assert.match(blind.err, /owner and signers are taken from the change itself; give --base/);
    }));

  test('counts what is not signed only once the base has it, and only where no signers are named', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      prepare(folder);
      const git = repository(folder);
      const [id = ''] = await acceptAll(honmaru, '2027-01-04', '--by', SATO);
      assert.equal((await honmaru('2027-01-05', ...JUDGE)).code, 1);
      const { doubt } = await decisionOf(honmaru, '2027-01-05', id, '--no-store', '--base', 'main');
      assert.match(doubt.en, /not signed, and main does not have it yet/);
      assert.equal((await honmaru('2027-01-05', 'assess', '.', '--no-store', '--fail-on', 'high')).code, 0);
      git('add', '.');
      git('commit', '-qm', 'accepted');
      git('branch', '-f', 'main');
      assert.equal((await honmaru('2027-01-05', ...JUDGE)).code, 0);
      allow(
        folder,
        'sato@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdgx2ttRGjaX4e7cpmdoKcsdrxCcB/SvH6bL1VD1Flq',
      );
      git('add', '.');
      git('commit', '-qm', 'signers');
      git('branch', '-f', 'main');
      assert.equal((await honmaru('2027-01-05', ...JUDGE)).code, 1);
    }));

  test('names entries that the base has and the change lost, and a base that is not there', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      prepare(folder);
      const git = repository(folder);
      await acceptAll(honmaru, '2027-01-04', '--by', SATO);
      git('add', '.');
      git('commit', '-qm', 'accepted');
      git('branch', '-f', 'main');
      writeFileSync(join(folder, LOG), '');
      const cut = await honmaru('2027-01-05', ...JUDGE);
      assert.equal(cut.code, 2);
      assert.match(cut.err, /the history of \w+ was cut or rewritten/);
      for (const word of ['nowhere', '--upload-pack=x', '-x', 'HEAD:honmaru.yaml']) {
        const wrong = await honmaru('2027-01-05', 'assess', '.', `--base=${word}`);
        assert.equal(wrong.code, 2);
        assert.match(wrong.err, /git knows no commit/);
      }
    }));

  test('lets nobody decide where the base names no owner', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      const git = repository(folder);
      prepare(folder);
      const [id = ''] = await acceptAll(honmaru, '2027-01-04', '--by', SATO);
      git('add', '.');
      assert.equal((await honmaru('2027-01-05', ...JUDGE)).code, 1);
      const { doubt } = await decisionOf(honmaru, '2027-01-05', id, '--no-store', '--base', 'main');
      assert.match(doubt.en, /nobody is named as owner/);
    }));

  test('does not let a change pass by lowering a class, until the owner decides so', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      const sato = keyIn(folder, 'sato');
      const classes = (of: number) =>
        ['Database', 'UploadBucket', 'WebServer']
          .map((name) => `  ${name}: {confidentiality: ${of}, integrity: ${of}, availability: ${of}}\n`)
          .join('');
      prepare(folder, `owner: ${SATO}\nassets:\n${classes(3)}`);
      allow(folder, `sato@example.com ${sato.key}`);
      repository(folder);
      writeFileSync(join(folder, 'honmaru.yaml'), `owner: ${SATO}\nassets:\n${classes(1)}`);
      assert.equal((await honmaru('2027-01-04', 'assess', '.', '--fail-on', 'high')).code, 0);
      const held = await honmaru('2027-01-04', ...JUDGE);
      assert.equal(held.code, 1);
      assert.match(held.err, /lowering the class of cfn:template\/Database is a decision/);
      const ran = await honmaru('2027-01-04', 'assess', '.', '--format', 'json');
      for (const { id, assets } of JSON.parse(ran.out).risks) {
        for (const { resource } of assets) {
          const words = ['risk', 'class', id, '--asset', resource, '--reason', 'only test data'];
          const other = await honmaru('2027-01-04', ...words, '--by', TANAKA);
          assert.match(other.err, /only the owner/);
          await ok(honmaru('2027-01-04', ...words, '--by', SATO, '--sign', sato.file));
        }
      }
      await ok(honmaru('2027-01-04', 'risk', 'export', '--out', LOG, '--by', TANAKA));
      const passed = await honmaru('2027-01-05', ...JUDGE);
      assert.deepEqual([passed.code, passed.err], [0, '']);
    }));
});

describe('a signature', () => {
  test('that is expired, foreign, unknown or of another purpose is a sentence, and does not count', () =>
    inFolder(async (folder) => {
      const honmaru = programIn(folder);
      const [sato, mallory] = [keyIn(folder, 'sato'), keyIn(folder, 'mallory')];
      prepare(folder);
      const id = await riskOf(honmaru, '2027-01-04', 'db-flat');
      await ok(honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      const sign = ['risk', 'decide', id, '--by', SATO, '--sign'];
      allow(folder, `sato@example.com ${sato.key}`, `mallory@example.com ${mallory.key}`);
      const foreign = await honmaru('2027-01-05', ...sign, mallory.file);
      assert.match(
        foreign.err,
        /would not count: it was signed by mallory@example.com, not by sato@example.com/,
      );
      const missing = await honmaru('2027-01-05', ...sign, 'no-such-key');
      assert.match(missing.err, /the key .*no-such-key does not sign/);
      assert.equal(missing.code, 2);
      const decided = await ok(honmaru('2027-01-05', ...sign, 'sato'));
      assert.match(
        decided,
        /approved by Sato .*accept until 2027-03-31: test data only \(signed; shown [0-9a-f]{12}\)/,
      );

      const doubtWith = async (...lines: string[]) => {
        allow(folder, ...lines);
        const { counts, doubt } = await decisionOf(honmaru, '2027-02-01', id);
        return counts ? 'counts' : doubt.en;
      };
      const key = sato.key;
      assert.equal(await doubtWith(`sato@example.com valid-before="20270106" ${key}`), 'counts');
      assert.equal(await doubtWith(`*@example.com namespaces="honmaru-decision" ${key}`), 'counts');
      assert.match(
        await doubtWith(`sato@example.com valid-before="20270101" ${key}`),
        /had expired when it signed \(2027-01-05\)/,
      );
      assert.match(await doubtWith(`sato@example.com valid-after="20270201" ${key}`), /was not valid yet/);
      assert.match(
        await doubtWith(`sato@example.com ${mallory.key}`),
        /by a key that the allowed signers do not list/,
      );
      assert.match(
        await doubtWith(`sato@example.com ${mallory.key}`, `old@example.com ${key}`),
        /signed by old@example.com, not by/,
      );
      assert.match(
        await doubtWith(`sato@example.com namespaces="git" ${key}`),
        /do not let the key of sato@example.com sign/,
      );
    }));

  test('that cannot be verified because ssh-keygen is missing does not count, and is said', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      const sato = keyIn(folder, 'sato');
      prepare(folder);
      allow(folder, `sato@example.com ${sato.key}`);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      await ok(program('2027-01-04', 'risk', 'decide', id, '--by', SATO, '--sign', sato.file));
      const env = { HONMARU_DATA: join(folder, 'data'), PATH: join(ROOT, 'node_modules/.bin') };
      const { judge } = await import('../../src/decisions/judge.ts');
      await ok(program('2027-01-05', 'risk', 'export', '--out', LOG, '--by', TANAKA));
      const { readLog } = await import('../../src/decisions/log.ts');
      const [history = []] = readLog(readFileSync(join(folder, LOG), 'utf8')).histories.values();
      const decided = history.find((entry) => entry.kind === 'decided');
      assert.ok(decided?.kind === 'decided');
      const roots = { owner: SATO, alone: false, signers: `sato@example.com ${sato.key}\n` };
      assert.equal((await judge(decided, roots)).assurance, 'signed');
      const script = [
        `import { judge } from ${JSON.stringify(join(ROOT, 'src/decisions/judge.ts'))};`,
        `const { doubt } = await judge(${JSON.stringify(decided)}, ${JSON.stringify(roots)});`,
        'console.log(doubt?.en);',
      ].join('\n');
      const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
      const { out } = run(process.execPath, words, { env });
      assert.match(out, /its signature cannot be verified here: ssh-keygen is not installed/);
    }));

  test('covers what was shown: none can be taken from one decision to another', () =>
    inFolder(async (folder) => {
      const { signedBytes, seal } = await import('../../src/decisions/entry.ts');
      const { signText, signatureProblem } = await import('../../src/decisions/ssh.ts');
      const { acceptance } = await import('../../src/decisions/testing.ts');
      const sato = keyIn(folder, 'sato');
      const [, decided] = acceptance();
      assert.ok(decided);
      const signature = await signText(signedBytes(decided), sato.file);
      const problem = (entry: typeof decided) =>
        signatureProblem({
          message: signedBytes(entry),
          signature,
          principal: 'sato@example.com',
          allowed: `sato@example.com ${sato.key}\n`,
          at: entry.at,
        });
      const { hash, ...unsealed } = decided;
      assert.equal(await problem(seal({ ...unsealed, signature })), undefined);
      const shown = { ...decided.shown, canonical: `${decided.shown.canonical} ` };
      for (const changed of [
        { shown },
        { by: 'Mallory' },
        { risk: 'r2' },
        { sequence: 3 },
        { environment: 'x' },
      ]) {
        const altered = { ...decided, ...changed } as typeof decided;
        assert.match((await problem(altered))?.en ?? '', /does not fit what was shown/);
      }
    }));
});
