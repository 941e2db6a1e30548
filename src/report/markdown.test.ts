import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown, renderMarkdown } from './markdown.ts';
import { sampleAssessment, sampleRisk } from './testing.ts';

test('the headline counts, the table tells the worst first', () => {
  const lines = renderMarkdown(sampleAssessment(), 'en').split('\n');
  assert.equal(lines[0], '## webapp: 2 high, 0 medium, 1 low');
  assert.match(
    lines[4] ?? '',
    /^\| high 9 \| Injected SQL .* \| internet → LoadBalancer → WebServer → Database \|/,
  );
});

test('long lists end with a number', () => {
  const risks = Array.from({ length: 40 }, (_, index) => sampleRisk(index));
  assert.match(renderMarkdown(sampleAssessment({ risks }), 'en'), /… and 10 more/);
});

test('a name cannot become markup, a table border, HTML or a mention', () => {
  assert.equal(escapeMarkdown('[x](http://y)|<b>'), '\\[x\\]\\(http://y\\)\\|\\<b\\>');
  assert.equal(escapeMarkdown('@team'), '@\u200bteam');
});

test('is Japanese in Japanese', () => {
  assert.match(renderMarkdown(sampleAssessment(), 'ja'), /## webapp: 高2、中0、低1/);
});
