import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { brokenReferences } from '../../cdk/test/support/references.ts';
import { violations } from '../../cdk/test/support/schema.ts';
import { ODD_TEMPLATES } from './fix-odd-templates.ts';
import {
  commentsKept,
  failingControls,
  fixAndProve,
  onlyEditsDiffer,
  type Proved,
  statesOf,
  templateOf,
  textsIn,
} from './fix-support.ts';
import { honmaru, inFolder, programOnPath, ROOT, run } from './program.ts';
import { TERRAFORM_MIRROR as MIRROR } from './terraform-mirror.ts';

const TERRAFORM = programOnPath('terraform');
const CFNGOAT = process.env.HONMARU_CFNGOAT;
const TERRAGOAT = process.env.HONMARU_TERRAGOAT;

/** A template as what it must be to be judged. */
function documentOf(text: string): { readonly Resources: Record<string, { readonly Type: string }> } {
  return templateOf(text) as { readonly Resources: Record<string, { readonly Type: string }> };
}

/** What was wrong with a template before is not the edit's fault. */
function stillValid(before: string, after: string): void {
  const known = new Set(violations(documentOf(before)));
  assert.deepEqual(
    violations(documentOf(after)).filter((each) => !known.has(each)),
    [],
  );
  const broken = new Set(brokenReferences(documentOf(before)));
  assert.deepEqual(
    brokenReferences(documentOf(after)).filter((each) => !broken.has(each)),
    [],
  );
}

function proveTemplate(folder: string, name: string): Proved {
  const before = readFileSync(join(folder, name), 'utf8');
  const plan = fixAndProve(folder, name);
  const after = readFileSync(join(folder, name), 'utf8');
  onlyEditsDiffer(before, after, plan);
  if (!before.trimStart().startsWith('{')) commentsKept(before, after, plan.diff);
  stillValid(before, after);
  return plan;
}

/**
 * What the added resources leave unmet because one template cannot hold it, with the number of places: nothing else
 * may be in it.
 */
const NOT_MET = { 'S3.7': 3, 'S3.15': 1 };

function notMet({ failingOnAdded }: Proved): Record<string, number> {
  const groups = Map.groupBy(failingOnAdded, ({ control }) => control);
  return Object.fromEntries([...groups].map(([control, findings]) => [control, findings.length]));
}

describe('fix', () => {
  test('the reference environment in CloudFormation', () =>
    inFolder((folder) => {
      for (const name of ['template.yaml', 'honmaru.yaml']) {
        cpSync(join(ROOT, 'examples/webapp', name), join(folder, name));
      }
      const failing = failingControls(folder, 'template.yaml');
      assert.deepEqual(notMet(proveTemplate(folder, 'template.yaml')), NOT_MET);
      const more = [...failingControls(folder, 'template.yaml')].filter((control) => !failing.has(control));
      assert.deepEqual(more, [], 'no control fails that did not fail somewhere before');
      const states = statesOf(folder, 'template.yaml');
      for (const id of [
        'waf@cfn:webapp/LoadBalancer',
        'backup@cfn:webapp/Database',
        'guardduty@region:this',
      ]) {
        assert.equal(states.get(id), 'on', id);
      }
      assert.doesNotMatch(readFileSync(join(folder, 'template.yaml'), 'utf8'), /StorageEncrypted/);
    }));

  test('the reference environment in Terraform', (context) =>
    inFolder((folder) => {
      cpSync(join(ROOT, 'examples/webapp/terraform'), folder, { recursive: true });
      const before = textsIn(folder);
      const failing = failingControls(folder, '.');
      assert.deepEqual(notMet(fixAndProve(folder, '.')), NOT_MET);
      const more = [...failingControls(folder, '.')].filter((control) => !failing.has(control));
      assert.deepEqual(more, [], 'no control fails that did not fail somewhere before');
      for (const [name, text] of before)
        if (name.endsWith('.tf')) hclCommentsKept(text, textsIn(folder).get(name));
      if (!MIRROR || !TERRAFORM) {
        context.diagnostic(
          'NOT RUN: terraform validate needs terraform and a folder tf-plugins (or HONMARU_TERRAFORM_MIRROR)',
        );
        return;
      }
      const init = ['init', '-backend=false', '-input=false', `-plugin-dir=${MIRROR}`];
      const ready = run(TERRAFORM, init, { cwd: folder });
      assert.equal(ready.code, 0, ready.err);
      const valid = run(TERRAFORM, ['validate', '-no-color'], { cwd: folder });
      assert.equal(valid.code, 0, valid.err);
      const formatted = run(TERRAFORM, ['fmt', '-check', '-diff'], { cwd: folder });
      assert.equal(formatted.code, 0, formatted.out);
    }));

  for (const { what, name, text } of ODD_TEMPLATES) {
    test(`a template with ${what}`, () =>
      inFolder((folder) => {
        writeFileSync(join(folder, name), text);
        proveTemplate(folder, name);
        const after = readFileSync(join(folder, name), 'utf8');
        if (text.includes('\r\n')) assert.doesNotMatch(after, /[^\r]\n/, 'every line ends as before');
        else assert.doesNotMatch(after, /\r/);
        assert.equal(after.endsWith('\n'), text.endsWith('\n'), 'the end of the file stays');
      }));
  }

  test('cfngoat', { skip: CFNGOAT ? false : 'NOT RUN: HONMARU_CFNGOAT names its folder' }, () =>
    inFolder((folder) => {
      for (const name of ['cfngoat.yaml', 'eks.yaml']) {
        const own = join(folder, basename(name, '.yaml'));
        cpSync(join(CFNGOAT ?? '', name), join(own, name));
        proveTemplate(own, name);
      }
    }),
  );

  test('terragoat', { skip: TERRAGOAT ? false : 'NOT RUN: HONMARU_TERRAGOAT names its folder' }, (context) =>
    inFolder((folder) => {
      cpSync(join(TERRAGOAT ?? '', 'terraform/aws'), folder, { recursive: true });
      const before = textsIn(folder);
      fixAndProve(folder, '.');
      const after = textsIn(folder);
      for (const [name, text] of before) if (name.endsWith('.tf')) hclCommentsKept(text, after.get(name));
      if (!MIRROR || !TERRAFORM) {
        context.diagnostic('NOT RUN: terraform validate needs terraform and a folder tf-plugins');
        return;
      }
      assert.deepEqual(
        complaints(folder, 'after', after),
        complaints(folder, 'before', before),
        'terraform validate complains of nothing that it did not complain of before',
      );
    }),
  );
});

describe('fix with bad input', () => {
  const BUCKET = 'Resources:\n  Uploads:\n    Type: AWS::S3::Bucket\n';

  test('writes nothing into a read-only file', () =>
    inFolder((folder) => {
      const path = join(folder, 'web.yaml');
      writeFileSync(path, BUCKET);
      chmodSync(path, 0o444);
      const ran = honmaru(['fix', 'web.yaml', '--only', 'backup', '--write'], { cwd: folder });
      assert.equal(ran.code, 2);
      assert.match(ran.err, /read-only, so nothing was written/);
      assert.equal(readFileSync(path, 'utf8'), BUCKET);
    }));

  test('leaves broken files alone and says where they break', () =>
    inFolder((folder) => {
      for (const [name, text] of [
        ['tabs.yaml', 'Resources:\n\tUploads:\n\t\tType: AWS::S3::Bucket\n'],
        ['broken.json', '{"Resources": {"Uploads": {"Type": "AWS::S3::Bucket"}}'],
        ['twice.yaml', `${BUCKET}  Uploads:\n    Type: AWS::S3::Bucket\n`],
      ] as const) {
        writeFileSync(join(folder, name), text);
        const ran = honmaru(['fix', name, '--write'], { cwd: folder });
        assert.equal(ran.code, 2, name);
        assert.equal(readFileSync(join(folder, name), 'utf8'), text, name);
        assert.match(ran.err, new RegExp(`${name}:\\d+:\\d+`));
      }
    }));

  test('names the right word for a wrong one', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'web.yaml'), BUCKET);
      const wrong = [
        [['--only', 'wef'], /did you mean waf/],
        [['--risk', 'no-such-risk'], /no risk "no-such-risk"/],
        [['--budget', 'much'], /--budget is a number/],
        [['--domain', 'not a domain'], /--domain does not take/],
        [['--set', 'Name'], /--set has the form NAME=VALUE/],
        [['--accept-cost', 'sheild'], /did you mean shield/],
        [['--interactive'], /needs a terminal/],
      ] as const;
      for (const [words, message] of wrong) {
        const ran = honmaru(['fix', 'web.yaml', ...words], { cwd: folder });
        assert.equal(ran.code, 2, words.join(' '));
        assert.match(ran.err, message);
      }
      assert.ok(!existsSync(join(folder, 'web.yaml.bak')));
    }));
});

/** What `terraform validate` says of files, once what only old versions of Terraform read is put aside. */
function complaints(folder: string, name: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const own = join(folder, name);
  mkdirSync(own);
  for (const [file, text] of texts) {
    if (!/^[^/]+\.tf$/.test(file)) continue;
    const modern = text
      .replaceAll(/\btype( *)= *"(string)"/g, 'type$1= $2')
      .replaceAll(/^resource "?null_resource"? [\s\S]*?^\}$/gm, '');
    writeFileSync(join(own, file), modern);
  }
  const init = ['init', '-backend=false', '-input=false', `-plugin-dir=${MIRROR}`];
  const ready = run(TERRAFORM ?? '', init, { cwd: own });
  assert.equal(ready.code, 0, ready.err);
  const said: {
    readonly diagnostics: readonly {
      readonly severity: string;
      readonly summary: string;
      readonly detail: string;
    }[];
  } = JSON.parse(run(TERRAFORM ?? '', ['validate', '-json'], { cwd: own }).out);
  return said.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail }) => `${summary}: ${detail}`)
    .toSorted();
}

function hclCommentsKept(before: string, after: string | undefined): void {
  for (const comment of before.match(/^\s*#.*$/gm) ?? []) {
    assert.ok(after?.includes(comment), `the comment ${comment} is kept`);
  }
}
