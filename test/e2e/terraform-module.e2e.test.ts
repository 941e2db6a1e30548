import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { honmaru, inFolder, ROOT, run } from './program.ts';
import { TERRAFORM_MIRROR } from './terraform-mirror.ts';

const MODULE = join(ROOT, 'terraform/modules/safeguards');
const EXAMPLE = join(MODULE, 'examples/webapp');

/** A folder with the AWS provider, laid out as a plugin mirror. */
const MIRROR = TERRAFORM_MIRROR ?? '';
const missing = spawnSync('terraform', ['version']).status !== 0 || !existsSync(MIRROR);
const skip =
  missing &&
  'NOT RUN: it needs terraform and a folder tf-plugins (or HONMARU_TERRAFORM_MIRROR) with its AWS provider';

/** Runs terraform in a copy of the module, for it writes beside its files. */
function inCopy(below: string, use: (folder: string) => void): Promise<void> {
  return inFolder((folder) => {
    cpSync(MODULE, join(folder, 'safeguards'), { recursive: true });
    const at = join(folder, 'safeguards', below);
    const words = ['init', '-no-color', '-backend=false', `-plugin-dir=${MIRROR}`];
    const ready = run('terraform', words, { cwd: at });
    assert.equal(ready.code, 0, ready.out + ready.err);
    use(at);
  });
}

describe('the Terraform module', { skip }, () => {
  for (const below of ['.', 'account', 'web-firewall', 'evidence-bucket', 'examples/webapp']) {
    test(`${below} is valid`, () =>
      inCopy(below, (at) => {
        const validated = run('terraform', ['validate', '-no-color'], { cwd: at });
        assert.equal(validated.code, 0, validated.out + validated.err);
      }));
  }

  for (const below of ['.', 'account']) {
    test(`${below} plans what its names say, and refuses what they do not`, () =>
      inCopy(below, (at) => {
        const tested = run('terraform', ['test', '-no-color'], { cwd: at });
        assert.equal(tested.code, 0, tested.out + tested.err);
        assert.match(tested.out, /Success! \d+ passed, 0 failed/);
      }));
  }

  test('it is formatted', () => {
    const formatted = run('terraform', ['fmt', '-check', '-recursive', MODULE]);
    assert.equal(formatted.code, 0, formatted.out);
  });
});

/** What is not on in the example, with the reason. */
const NOT_ON: readonly { readonly id: string; readonly state: string; readonly why: RegExp }[] = [
  { id: 'mfa', state: 'unknown', why: /root user's second factor/ },
  { id: 'macie', state: 'unknown', why: /whether it looks into this bucket/ },
  { id: 'code-review', state: 'unknown', why: /repository was not read/ },
  { id: 'dependabot', state: 'unknown', why: /repository was not read/ },
  { id: 'vulnerability-intelligence', state: 'unknown', why: /a process that no template shows/ },
  { id: 'network-firewall', state: 'off', why: /no Network Firewall/ },
  { id: 'shield', state: 'off', why: /Standard only/ },
];

interface Attachment {
  readonly resource: string;
  readonly state: string;
  readonly because: { readonly en: string };
}

test('honmaru assess of its example shows every safeguard on, or named with its reason', () => {
  const assessed = honmaru(['assess', EXAMPLE, '--format', 'json', '--no-store']);
  assert.equal(assessed.code, 0, assessed.err);
  const { safeguards, risks } = JSON.parse(assessed.out);
  const unexplained = safeguards.flatMap(
    ({ id, attachments }: { readonly id: string; readonly attachments: readonly Attachment[] }) =>
      attachments
        .filter(({ state }) => state !== 'on' && state !== 'not-applicable')
        .filter(
          ({ state, because }) =>
            !NOT_ON.some((each) => each.id === id && each.state === state && each.why.test(because.en)),
        )
        .map(({ resource, state, because }) => `${id} at ${resource}: ${state}: ${because.en}`),
  );
  assert.deepEqual(unexplained, []);
  const surelyHigh = risks.filter(
    ({ current }: { readonly current: { readonly low: number } }) => current.low >= 6,
  );
  assert.deepEqual(surelyHigh, []);
});
