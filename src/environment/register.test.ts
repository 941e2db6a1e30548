import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse } from 'yaml';
import { OWN_ASSET_KINDS } from '../model/register.ts';
import { parseDocument } from '../sources/documents/parse-document.ts';
import { EFFECTS, FACTORS, MEASURE_STATES, PRICES, readRegister } from './register.ts';
import { type FieldValue, saysNothing, withEntry } from './register-edit.ts';

const PATH = 'honmaru.assets.yaml';

async function read(content: string) {
  const file = { path: PATH, text: content };
  if (saysNothing(content)) return { root: undefined, file, assets: [], risks: [], problems: [] };
  const { root, problems } = await parseDocument(file);
  const reading = readRegister(file, root);
  return { root, file, ...reading, problems: [...problems, ...reading.problems] };
}

const shown = (problems: Awaited<ReturnType<typeof read>>['problems']) =>
  problems.map(
    ({ message, place, remedy }) => `${place?.line}: ${message.en}${remedy ? ` (${remedy.en})` : ''}`,
  );

describe('honmaru.assets.yaml', () => {
  test('holds assets and risks that no template shows', async () => {
    const { assets, risks, problems } = await read(`
schema: honmaru.assets/1
assets:
  sales-pc: { name: 営業PC, kind: pc, confidentiality: 3, manager: 営業部 }
risks:
  lost-pc:
    title: PCの紛失
    factor: human-error
    cause: 持ち出し
    event: 紛失
    effect: 流出
    assets: [sales-pc, Database]
    threat: 2
    measures: [{ name: 暗号化, effect: block, state: on }]
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(assets[0], {
      id: 'own:sales-pc',
      name: '営業PC',
      kind: 'pc',
      confidentiality: 3,
      manager: '営業部',
      source: { file: PATH, line: 4, column: 3 },
    });
    const [risk] = risks;
    assert.deepEqual(
      risk?.assets.map(({ name, source }) => [name, source.line]),
      [
        ['sales-pc', 12],
        ['Database', 12],
      ],
    );
    // YAML reads `on` as a boolean; it is the state all the same.
    assert.equal(risk?.measures?.[0]?.state, 'on');
  });

  test('a wrong word is told with its line and the nearest right one', async () => {
    const { problems } = await read(`assets:
  pc:
    kind: pcc
    mananger: somebody
    confidentiality: 4
  Not A Key: { kind: pc }
risks:
  r:
    title: t
    factor: vulnerabilty
    cause: c
    event: e
    effect: e
    assets: [pc]
`);
    assert.deepEqual(shown(problems), [
      '4: the field "mananger" is not known (did you mean "manager"?)',
      '3: kind must be one of pc, mobile, paper, media, office, partner, service, other (did you mean "pc"?)',
      '5: confidentiality must be 1, 2 or 3 (1 is low, 2 medium, 3 high; leave it out when it is not known)',
      '6: "Not A Key" cannot be a key: small letters, digits and hyphens, at most 63 (write the name that people read into the field name or title)',
      '10: factor must be one of vulnerability, credential-leak, overload, human-error (did you mean "vulnerability"?)',
    ]);
  });

  test('what is missing or of another form is told, and nothing is thrown', async () => {
    for (const content of [
      '[]',
      'assets: []',
      'risks: 3',
      'risks: {r: {}}',
      'schema: honmaru.assets/9',
      'assets: {pc: 1}',
    ])
      assert.ok((await read(content)).problems.length > 0, content);
    for (const content of ['{}', 'assets:', 'assets: {}\nrisks:\n'])
      assert.deepEqual((await read(content)).problems, [], content);
  });

  test('a measure of which nobody says that it works is unknown', async () => {
    const { risks } = await read(
      'risks: {r: {title: t, factor: overload, cause: c, event: e, effect: f, assets: [x], measures: [{name: n, effect: hinder}]}}',
    );
    assert.equal(risks[0]?.measures?.[0]?.state, 'unknown');
  });
});

describe('adding an entry', () => {
  const entry = { section: 'assets', key: 'new-pc', fields: { name: 'New: PC', kind: 'pc' } } as const;

  test('keeps every byte that was there, comments included', async () => {
    const before = `# by hand
schema: honmaru.assets/1
assets: # all of them
    old:   { kind: paper } # in the safe
    # the last one

# risks follow
risks: {}
`;
    const { file, root } = await read(before);
    const after = withEntry(file, root, entry);
    assert.equal(
      after,
      before.replace('in the safe\n', 'in the safe\n    new-pc:\n      name: "New: PC"\n      kind: pc\n'),
    );
  });

  test('makes the file, the section, and goes below a key without a value', async () => {
    const made = withEntry({ path: PATH, text: '' }, undefined, entry);
    assert.equal(made, 'schema: honmaru.assets/1\nassets:\n  new-pc:\n    name: "New: PC"\n    kind: pc\n');
    for (const content of [
      'schema: honmaru.assets/1\nassets:\nrisks:\n',
      'schema: honmaru.assets/1',
      '# nothing yet\n',
    ]) {
      const { file, root } = await read(content);
      const again = await read(withEntry(file, root, entry));
      assert.deepEqual([again.problems, again.assets.length], [[], 1], content);
    }
  });

  test('refuses a key that is taken and a section in braces, with the place', async () => {
    const taken = await read('assets:\n  new-pc: {kind: pc}\n');
    assert.throws(() => withEntry(taken.file, taken.root, entry), /honmaru\.assets\.yaml:2:3: .*already/);
    const braces = await read('assets: {a: {kind: pc}}\n');
    assert.throws(() => withEntry(braces.file, braces.root, entry), /:1:9: .*several lines/);
  });

  test('whatever is added can be read back, and what was there before stays', async () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '<script>', 'a: b', '- x', '#', 'on', '"', "'", '\n', '山田'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
        let content = '';
        for (const [index, value] of words.entries()) {
          const fields: Record<string, FieldValue> = { name: `n${value}`, kind: 'pc' };
          const { file, root } = await read(content);
          const next = withEntry(file, root, { section: 'assets', key: `k${index}`, fields });
          assert.ok(content === '' || next.startsWith(content));
          content = next;
        }
        const { assets, problems } = await read(content);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          assets.map(({ name }) => name),
          words.map((value) => `n${value}`),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('docs/schemas/assets.schema.json', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../docs/schemas/assets.schema.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

  test('takes what the reader takes, and refuses what it refuses', async () => {
    const good = 'schema: honmaru.assets/1\nassets:\n  pc: {kind: pc, confidentiality: 3}\nrisks:\n';
    const risk =
      'risks: {r: {title: t, factor: overload, cause: c, event: e, effect: f, assets: [x], measures: [{name: n, effect: hinder, state: on}]}}';
    const wrong = [
      'assets: {pc: {kind: pcc}}',
      'assets: {pc: {kindd: pc}}',
      'assets: {pc: {confidentiality: 4}}',
      'assets: {Not A Key: {kind: pc}}',
      'assets: []',
      'risks: {r: {title: t}}',
      risk.replace('[x]', '[]'),
      risk.replace('hinder', 'hindr'),
      'schema: honmaru.assets/2',
      'other: 1',
    ];
    for (const content of [good, risk, ...wrong]) {
      const { problems } = await read(content);
      assert.equal(validate(parse(content)), problems.length === 0, content);
    }
  });

  test('knows the words that the reader knows', () => {
    const { asset, risk, measure } = schema.$defs;
    assert.deepEqual(asset.properties.kind.enum, OWN_ASSET_KINDS);
    assert.deepEqual(risk.properties.factor.enum, FACTORS);
    assert.deepEqual(measure.properties.effect.enum, EFFECTS);
    assert.deepEqual(measure.properties.price.enum, PRICES);
    assert.deepEqual(measure.properties.state.enum, [...MEASURE_STATES, true, false]);
  });
});
