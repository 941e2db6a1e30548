import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { inFolder, programOnPath, ROOT, run } from './program.ts';
import { runAsync } from './run-async.ts';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { default?: string }>>;
  readonly outputs: Readonly<Record<string, { value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const gitlab = parse(readFileSync(join(ROOT, 'templates/gitlab.yml'), 'utf8')) as {
  variables: Record<string, string>;
  honmaru: { script: readonly string[]; artifacts: { reports: { junit: string } } };
};

/** Comments as GitHub and GitLab keep them, over HTTP on the loopback address. */
async function discussionServer() {
  const comments: { id: number; body: string }[] = [{ id: 7, body: 'somebody else' }];
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    calls.push(`${request.method} ${request.url?.split('?')[0]}`);
    const token = request.headers.authorization ?? request.headers['private-token'];
    if (token !== 'Bearer secret' && token !== 'secret') response.writeHead(403).end('{}');
    else if (request.method === 'GET') response.end(JSON.stringify(comments));
    else {
      const { body } = JSON.parse(await bodyOf(request)) as { body: string };
      const id = Number(request.url?.split('/').at(-1));
      const known = comments.find((each) => each.id === id);
      if (known) known.body = body;
      else comments.push({ id: 100 + comments.length, body });
      response.end('{}');
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { comments, calls, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

const OPEN = 'ToPort: 22, CidrIp: 0.0.0.0/0';
const CLOSED = 'ToPort: 22, CidrIp: 10.0.0.0/16';

/** A repository with a base commit, in which administration is closed to the internet. */
function repository(folder: string): { readonly base: string; git(...words: string[]): string } {
  const git = (...words: string[]) => {
    const done = run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-C', folder, ...words]);
    assert.equal(done.code, 0, done.err);
    return done.out.trim();
  };
  mkdirSync(join(folder, 'infra'), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  copyFileSync(join(ROOT, 'examples/webapp/template.yaml'), join(folder, 'infra/template.yaml'));
  change(folder, OPEN, CLOSED);
  git('add', '.');
  git('commit', '--quiet', '-m', 'base');
  return { base: git('rev-parse', 'HEAD'), git };
}

function change(folder: string, from: string, to: string): void {
  const path = join(folder, 'infra/template.yaml');
  const before = readFileSync(path, 'utf8');
  assert.ok(before.includes(from));
  writeFileSync(path, before.replace(from, to));
}

/** Runs the shell steps of the action as a runner does; steps that use other actions are left out. */
async function runAction(
  folder: string,
  given: { readonly inputs: Record<string, string>; readonly base: string; readonly api: string },
) {
  const temporary = join(folder, '..', 'runner');
  mkdirSync(temporary, { recursive: true });
  const files = { summary: join(temporary, 'summary.md'), event: join(temporary, 'event.json') };
  writeFileSync(files.summary, '');
  writeFileSync(files.event, JSON.stringify({ pull_request: { number: 12 } }));
  const outputs: Record<string, string> = {};
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [
      name,
      given.inputs[name] ?? usual,
    ]),
  );
  const value = (expression: string): string => {
    for (const part of expression.split('||').map((each) => each.trim())) {
      const [scope, ...rest] = part.split('.');
      const found =
        part === 'github.action_path'
          ? ROOT
          : part === 'github.event.pull_request.base.sha'
            ? given.base
            : scope === 'inputs'
              ? inputs[rest.join('.')]
              : part.startsWith('steps.assess.outputs.')
                ? outputs[rest.at(-1) ?? '']
                : '';
      if (found) return found;
    }
    return '';
  };
  let last = { code: 0 as number | null, out: '', err: '' };
  for (const step of action.runs.steps) {
    if (step.run === undefined || step.name === 'Install') continue;
    const output = join(temporary, `output-${step.id ?? 'x'}`);
    writeFileSync(output, '');
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => value(expression)),
      ]),
    );
    last = await runAsync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
      cwd: folder,
      env: {
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: 'team/shop',
        GITHUB_API_URL: given.api,
        GITHUB_EVENT_PATH: files.event,
        GITHUB_STEP_SUMMARY: files.summary,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: temporary,
        ...env,
      },
    });
    for (const line of readFileSync(output, 'utf8').split('\n')) {
      const at = line.indexOf('=');
      if (at > 0) outputs[line.slice(0, at)] = line.slice(at + 1);
    }
    if (last.code !== 0) break;
  }
  return { ...last, outputs, summary: readFileSync(files.summary, 'utf8') };
}

const skip = programOnPath('git') ? false : 'git is not there: the pipelines were not run';

describe('the GitHub Action', { skip }, () => {
  test('is a composite action whose values reach the shell only as variables', () => {
    assert.equal(action.runs.using, 'composite');
    for (const step of action.runs.steps) {
      assert.ok(step.uses !== undefined || step.shell === 'bash', step.name);
      assert.ok(!step.run?.includes('${{'), `${step.name} would run what somebody wrote into a title`);
    }
    const ids = action.runs.steps.map(({ id }) => id);
    for (const { value } of Object.values(action.outputs)) assert.ok(ids.includes(value.split('.')[1] ?? ''));
  });

  test('fails on what the change makes worse, with one comment that is kept up to date', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'shop');
      const api = await discussionServer();
      try {
        const { base } = repository(folder);
        const given = { inputs: { path: 'infra', token: 'secret' }, base, api: api.url };
        change(folder, 'The application from the load balancer', 'What the load balancer sends');
        const fine = await runAction(folder, given);
        assert.equal(fine.code, 0, fine.out + fine.err);
        assert.equal(fine.outputs.worse, 'false');

        change(folder, CLOSED, OPEN);
        const worse = await runAction(folder, given);
        assert.equal(worse.outputs.worse, 'true', worse.out + worse.err + worse.summary);
        assert.equal(worse.code, 1);
        assert.match(worse.out, /::error::the change makes a risk worse/);

        const own = api.comments.filter(({ body }) => body.startsWith('<!-- honmaru:change -->'));
        assert.equal(own.length, 1, 'two runs, one comment');
        assert.ok(api.calls.some((call) => call.startsWith('PATCH /repos/team/shop/issues/comments/')));
        assert.equal(api.comments[0]?.body, 'somebody else');
        assert.ok(worse.summary.length > 100);
        const sarif = JSON.parse(readFileSync(worse.outputs.sarif ?? '', 'utf8'));
        assert.equal(sarif.version, '2.1.0');
      } finally {
        api.close();
      }
    }));

  test('without a right to comment it says so, and the verdict stands', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'shop');
      const api = await discussionServer();
      try {
        const { base } = repository(folder);
        const done = await runAction(folder, {
          inputs: { path: 'infra', token: 'wrong' },
          base,
          api: api.url,
        });
        assert.equal(done.code, 0, done.err);
      } finally {
        api.close();
      }
    }));

  test('a path that the change adds is its own, and what was broken before may be mended', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'shop');
      const { base, git } = repository(folder);
      const inputs = { comment: 'false', token: '' };
      mkdirSync(join(folder, 'more'));
      copyFileSync(join(folder, 'infra/template.yaml'), join(folder, 'more/template.yaml'));
      const added = await runAction(folder, { inputs: { ...inputs, path: 'more' }, base, api: '' });
      assert.equal(added.outputs.worse, 'true', added.out + added.err);

      const whole = readFileSync(join(folder, 'infra/template.yaml'), 'utf8');
      writeFileSync(join(folder, 'infra/template.yaml'), 'Resources: {A: {Type: AWS::S3::Bucket}\n');
      git('commit', '--quiet', '-am', 'broken');
      writeFileSync(join(folder, 'infra/template.yaml'), whole);
      const broken = git('rev-parse', 'HEAD');
      const mended = await runAction(folder, {
        inputs: { ...inputs, path: 'infra', 'fail-on': 'never' },
        base: broken,
        api: '',
      });
      assert.equal(mended.code, 0, mended.out + mended.err);
    }));

  test('without a base everything is shown and nothing fails; what cannot be read does', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'shop');
      repository(folder);
      const shown = await runAction(folder, {
        inputs: { path: 'infra', comment: 'false', token: '' },
        base: '',
        api: '',
      });
      assert.equal(shown.outputs.worse, 'false');
      writeFileSync(join(folder, 'infra/template.yaml'), 'Resources: {A: {Type: AWS::S3::Bucket}\n');
      const broken = await runAction(folder, { inputs: { path: 'infra' }, base: '', api: '' });
      assert.equal(broken.code, 2, broken.out + broken.err);
    }));
});

describe('the GitLab template', { skip }, () => {
  test('does the same in a merge request', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'shop');
      const api = await discussionServer();
      try {
        const { base } = repository(folder);
        change(folder, CLOSED, OPEN);
        const [script = ''] = gitlab.honmaru.script;
        // The package as npm would install it: a program of that name in the folder's .bin.
        const program = join(parent, 'honmaru');
        writeFileSync(program, `#!/bin/sh\nexec node '${ROOT}/bin/honmaru.js' "$@"\n`, { mode: 0o755 });
        const installed = script.replace(
          /^npm install.*$/m,
          `mkdir -p "$tools/node_modules/.bin"; ln -s '${program}' "$tools/node_modules/.bin/honmaru"`,
        );
        assert.notEqual(installed, script);
        const done = await runAsync('bash', ['-e', '-o', 'pipefail', '-c', installed], {
          cwd: folder,
          env: {
            ...gitlab.variables,
            HONMARU_PATH: 'infra',
            GITLAB_CI: 'true',
            CI_PROJECT_DIR: folder,
            CI_PROJECT_ID: '42',
            CI_MERGE_REQUEST_IID: '3',
            CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
            CI_API_V4_URL: api.url,
            HONMARU_GITLAB_TOKEN: 'secret',
          },
        });
        assert.equal(done.code, 1, done.out + done.err);
        assert.ok(api.calls.includes('POST /projects/42/merge_requests/3/notes'));
        assert.ok(existsSync(join(folder, gitlab.honmaru.artifacts.reports.junit)));
      } finally {
        api.close();
      }
    }));
});

describe('the Containerfile', () => {
  const lines = readFileSync(join(ROOT, 'Containerfile'), 'utf8').replaceAll('\\\n', ' ').split('\n');
  const said = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  test('ends without root, from images that are named with their version', () => {
    assert.match(said('USER').at(-1) ?? '', /^[1-9][0-9]*:[1-9][0-9]*$/);
    for (const image of said('FROM')) assert.match(image, /:\d+[a-z0-9-]*(?: AS [a-z]+)?$/);
    assert.deepEqual(said('ADD'), []);
    assert.ok(
      lines.findIndex((line) => line.startsWith('USER ')) >
        lines.findLastIndex((line) => line.startsWith('RUN ')),
    );
  });

  test('copies files that exist', () => {
    const copied = said('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    for (const file of copied) assert.ok(existsSync(join(ROOT, file)), file);
  });
});

describe('shell steps', () => {
  const shellcheck = programOnPath('shellcheck');
  test('shellcheck finds nothing', {
    skip: shellcheck ? false : 'shellcheck is not there: nothing was linted',
  }, () => {
    const scripts = [...action.runs.steps.flatMap((step) => step.run ?? []), ...gitlab.honmaru.script];
    inFolder((folder) => {
      for (const script of scripts) {
        const file = join(folder, 'step.sh');
        writeFileSync(file, script);
        const { code, out } = run(shellcheck ?? '', ['--shell=bash', '--severity=warning', file]);
        assert.equal(code, 0, out);
      }
    });
  });
});
