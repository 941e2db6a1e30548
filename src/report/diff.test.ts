import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import type { Assessment } from '../model/assessment.ts';
import { assess } from '../risk/assess.ts';
import { compareAssessments, isWorse } from '../risk/compare.ts';
import { renderDiffMarkdown, renderDiffText } from './diff.ts';

const HOSTILE = '<img src=x onerror=alert(1)> [a](http://b) @everybody';

function assessed(properties: object, name = 'Files'): Promise<Assessment> {
  const graph = graphOf({ Resources: { [name]: { Type: 'AWS::S3::Bucket', Properties: properties } } });
  return assess({ graph, declaration: graph.facts.declaration, unknowns: [], notAnalysed: [] });
}

const OPEN = {
  AccessControl: 'PublicRead',
  PublicAccessBlockConfiguration: { BlockPublicAcls: false, IgnorePublicAcls: false },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
};
const CLOSED = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
};

describe('what a change does', () => {
  test('nothing, when nothing changed', async () => {
    const before = await assessed(CLOSED);
    const comparison = compareAssessments(before, await assessed(CLOSED));
    assert.equal(isWorse(comparison), false);
    assert.match(renderDiffText({ before, after: before, comparison }, 'en'), /^This change alters no risk/);
  });

  test('opening a bucket is a new or raised risk, a failing control and a changed safeguard', async () => {
    const before = await assessed(CLOSED);
    const after = await assessed(OPEN);
    const comparison = compareAssessments(before, after);
    assert.ok(isWorse(comparison));
    assert.ok(comparison.findings.failing.some(({ control }) => control === 'S3.8'));
    assert.ok(
      comparison.safeguards.some(
        ({ safeguard, after: state }) => safeguard === 's3-block-public-access' && state === 'off',
      ),
    );
    const [headline = '', worst = '', advice = ''] = renderDiffMarkdown(
      { before, after, comparison },
      'en',
    ).split('\n');
    assert.match(headline, /worse/);
    assert.match(worst, /^This change (opens|raises): .*Files.*; nothing on it blocks or hinders$/);
    assert.match(advice, /^Proposal: /);
    assert.match(renderDiffText({ before, after, comparison }, 'ja'), /悪くなるリスク/);
  });

  test('what could not be read makes nothing better', async () => {
    const before = await assessed(OPEN);
    const nothing = await assessed(OPEN);
    const after: Assessment = {
      ...nothing,
      risks: [],
      coverage: {
        ...nothing.coverage,
        notAnalysed: [{ kind: 'input', what: 'x.yaml', reason: { en: 'no YAML', ja: 'YAMLではない' } }],
      },
    };
    const comparison = compareAssessments(before, after);
    const lines = renderDiffMarkdown({ before, after, comparison }, 'en').split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      '**What this change does is not known: 1 input could not be read**',
      'x.yaml: no YAML',
      'What is told as gone or mended may only be unread.',
    ]);
    assert.match(
      renderDiffText({ before, after, comparison }, 'ja'),
      /^この変更の影響は判定できません\(読み取れない入力1件\)/,
    );
    const back = compareAssessments(after, before);
    assert.match(
      renderDiffText({ before: after, after: before, comparison: back }, 'en'),
      /^This change makes .* worse; 1 input of what was before could not be read/,
    );
  });

  test('the other way round it is better', async () => {
    const comparison = compareAssessments(await assessed(OPEN), await assessed(CLOSED));
    assert.equal(isWorse(comparison), false);
    assert.ok(comparison.risks.disappeared.length + comparison.risks.lowered.length > 0);
  });

  test('a resource that only has another name is proposed as a rename', async () => {
    const comparison = compareAssessments(await assessed(OPEN, 'Old'), await assessed(OPEN, 'New'));
    assert.deepEqual(comparison.renamed, [{ from: 'cfn:test/Old', to: 'cfn:test/New' }]);
  });

  test('markup in names stays text', async () => {
    const before = await assessed(CLOSED, HOSTILE);
    const after = await assessed(OPEN, HOSTILE);
    const difference = { before, after, comparison: compareAssessments(before, after) };
    const markdown = renderDiffMarkdown(difference, 'en');
    assert.doesNotMatch(markdown, /(?<!\\)<img/);
    assert.doesNotMatch(markdown, /(?<!\\)\[a/);
    assert.ok(!markdown.includes('@everybody'));
  });
});
