import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { repositoryFiles } from '../src/index.ts';

const FILES = repositoryFiles({
  ecosystems: { '/': 'npm', '/infra': 'npm', '/docker': 'docker' },
  reviewers: ['@example/developers'],
  codeqlLanguages: ['javascript-typescript'],
});

test('Dependabot looks at every folder every week, and at the workflows', () => {
  const { version, updates } = parse(FILES['.github/dependabot.yml'] ?? '');
  assert.equal(version, 2);
  const looked = updates.map((each: Record<string, string>) => [each['package-ecosystem'], each.directory]);
  assert.deepEqual(looked, [
    ['npm', '/'],
    ['npm', '/infra'],
    ['docker', '/docker'],
    ['github-actions', '/'],
  ]);
});

test('every change of the main branch is approved by an owner of the code, and CodeQL must not object', () => {
  assert.match(FILES['.github/CODEOWNERS'] ?? '', /^\* @example\/developers$/m);
  const { rules } = JSON.parse(FILES['.github/main-branch-rule.json'] ?? '');
  const pull = rules.find((each: { type: string }) => each.type === 'pull_request').parameters;
  assert.equal(pull.required_approving_review_count, 1);
  assert.equal(pull.require_code_owner_review, true);
  assert.ok(rules.some((each: { type: string }) => each.type === 'code_scanning'));
  const workflow = parse(FILES['.github/workflows/code-review.yml'] ?? '');
  assert.deepEqual(workflow.permissions, {});
  assert.deepEqual(workflow.jobs.codeql.strategy.matrix.language, ['javascript-typescript']);
});

test('without a reviewer there is no review', () => {
  assert.throws(() => repositoryFiles({ ecosystems: { '/': 'npm' }, reviewers: [] }), /name somebody/);
});
