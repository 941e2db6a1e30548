import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CATALOGUE } from '../src/index.ts';
import { accountStack } from './apps/reference.ts';
import { ofType, synthesized } from './support/synthesized.ts';

const SOURCE = new URL('../src/', import.meta.url);

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test('every exported construct says what it is for, and every safeguard what it stops, costs and cannot do', () => {
  let constructs = 0;
  for (const file of files) {
    const text = readFileSync(new URL(file, SOURCE), 'utf8');
    for (const match of text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export class (\w+) extends/g)) {
      const [, comment = '', name = ''] = match;
      assert.notEqual(comment, '', `${file}: ${name} has no comment`);
      constructs += 1;
      if (!name.endsWith('Safeguard')) continue;
      for (const word of ['Stops', 'Attaches to', 'Costs', 'Limits'])
        assert.match(comment, new RegExp(word), `${name}: ${word}`);
    }
  }
  assert.ok(constructs > 40, `only ${constructs} constructs were seen`);
});

test('the readme has each safeguard with its default and price', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { id, price, onByDefault } of CATALOGUE) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
    assert.ok(row.includes(`| ${price} |`), `${id}: ${price}`);
    assert.equal(row.includes('| yes |'), onByDefault, id);
  }
});

test('the Terraform module has the same names, defaults and alarms', () => {
  const module = new URL('../../terraform/modules/safeguards/', import.meta.url);
  const choice = readFileSync(new URL('choice.tf', module), 'utf8');
  const listed = (name: string) => {
    const [, list = ''] = choice.match(new RegExp(`${name} += toset\\(\\[([^\\]]*)\\]`)) ?? [];
    return [...list.matchAll(/"([^"]+)"/g)].map(([, id]) => id).sort();
  };
  const named = (wanted: boolean) =>
    CATALOGUE.filter(({ level, onByDefault }) => level !== 'people' && onByDefault === wanted)
      .map(({ id }) => id)
      .sort();
  assert.deepEqual(listed('on_by_default'), named(true));
  assert.deepEqual(listed('off_by_default'), named(false));
  const alarms = readFileSync(new URL('account/alarms.tf', module), 'utf8');
  const patterns = synthesized(
    (app) => accountStack(app),
    (made) =>
      ofType(made, 'AWS::Logs::MetricFilter').map(([, each]) => String(each.Properties?.FilterPattern)),
  );
  assert.equal(patterns.length, 15);
  for (const pattern of patterns) assert.ok(alarms.includes(JSON.stringify(pattern)), pattern);
});
