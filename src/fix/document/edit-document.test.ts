import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EditValue } from '../../model/remedy.ts';
import { editDocument, openDocument } from './edit-document.ts';
import { emptyPatch, grant } from './patch.ts';
import { Refusal } from './refusal.ts';

type Wishes = readonly (readonly [path: string, value: EditValue | undefined])[];

/** Edits a text; a path is written with dots. */
async function edited(text: string, wishes: Wishes, path = 'template.yaml'): Promise<string> {
  const document = await openDocument({ path, text });
  const patch = emptyPatch();
  for (const [where, value] of wishes) grant(patch, { path: where.split('.'), value }, 'test');
  return (await editDocument(document, patch)).text;
}

const refuses = (text: string, wishes: Wishes, reason: RegExp) =>
  assert.rejects(edited(text, wishes), (error) => error instanceof Refusal && reason.test(error.reason.en));

describe('an edit of YAML', () => {
  test('changes a scalar and keeps the comment behind it', async () => {
    assert.equal(
      await edited('A:\n  Days: 1   # too few\n  B: x\n', [['A.Days', 7]]),
      'A:\n  Days: 7   # too few\n  B: x\n',
    );
  });

  test('adds keys below the last one, deeper ones first', async () => {
    const text = 'R:\n  Db:\n    Type: T\n    Properties:\n      E: mysql # engine\n\n# outputs\nO: 1\n';
    assert.equal(
      await edited(text, [
        ['R.Db.DeletionPolicy', 'Snapshot'],
        ['R.Db.Properties.Days', 7],
        ['R.Key', { Type: 'K' }],
      ]),
      'R:\n  Db:\n    Type: T\n    Properties:\n      E: mysql # engine\n      Days: 7\n    DeletionPolicy: Snapshot\n' +
        '  Key:\n    Type: K\n\n# outputs\nO: 1\n',
    );
  });

  test('keeps Windows line ends, the indentation of four and flush lists', async () => {
    const text = 'A:\r\n    Rules:\r\n    - a\r\n    - b\r\n    C: 1\r\n';
    assert.equal(
      await edited(text, [
        ['A.Rules.2', { X: [1, 2] }],
        ['A.D', { E: true }],
      ]),
      'A:\r\n    Rules:\r\n    - a\r\n    - b\r\n    - X:\r\n      - 1\r\n      - 2\r\n    C: 1\r\n    D:\r\n        E: true\r\n',
    );
  });

  test('takes out the last key and adds another in its place', async () => {
    assert.equal(
      await edited('P:\n  User: a\n  Password: !Ref Secret', [
        ['P.Password', undefined],
        ['P.Managed', true],
      ]),
      'P:\n  User: a\n  Managed: true',
    );
  });

  test('takes items out of a list, whole ones, and leaves an empty list', async () => {
    const text = 'L:\n  # web\n  - P: 80\n    C: any\n  - P: 22 # ssh\n    C: any\nM: 1\n';
    assert.equal(await edited(text, [['L.1', undefined]]), 'L:\n  # web\n  - P: 80\n    C: any\nM: 1\n');
    assert.equal(
      await edited(text, [
        ['L.0', undefined],
        ['L.1', undefined],
      ]),
      'L: []\nM: 1\n',
    );
  });

  test('adds behind a block whose last lines go', async () => {
    const text = 'R:\n  A:\n    L:\n      - x: 1\n      - x: 2\n        y: 2\n# end\n';
    assert.equal(
      await edited(text, [
        ['R.A.L.1', undefined],
        ['R.B', { C: 1 }],
      ]),
      'R:\n  A:\n    L:\n      - x: 1\n  B:\n    C: 1\n# end\n',
    );
  });

  test('edits flow collections where they are', async () => {
    const text = 'A: { Rules: [ {P: 80}, {P: 22} ], Empty: {}, }\nB: {"x": "y"}\n';
    assert.equal(
      await edited(text, [
        ['A.Rules.1', undefined],
        ['A.Rules.2', { P: 443 }],
        ['A.Empty.K', 'v'],
        ['B.z', true],
      ]),
      'A: { Rules: [ {P: 80}, { "P": 443 } ], Empty: {"K": "v"}, }\nB: {"x": "y", "z": true}\n',
    );
  });

  test('writes functions as the file does', async () => {
    const role: EditValue = { 'Fn::GetAtt': ['Role', 'Arn'] };
    assert.match(await edited('A: !Ref X\n', [['B', role]]), /^B: !GetAtt Role\.Arn$/m);
    assert.match(
      await edited('A:\n  Fn::GetAtt: [X, Y]\n', [['B', role]]),
      /^B:\n {2}Fn::GetAtt:\n {4}- Role\n/m,
    );
  });

  test('quotes what would be read as something else', async () => {
    const text = await edited("A: 'x'\n", [
      ['V', '2012-10-17'],
      ['Yes1', 'yes'],
      ['C', 'a: b # c'],
      ['Num', '007'],
      ['S', '*'],
    ]);
    assert.equal(text, "A: 'x'\nV: '2012-10-17'\nYes1: 'yes'\nC: 'a: b # c'\nNum: '007'\nS: '*'\n");
  });

  test('leaves block texts whole', async () => {
    const text = 'A:\n  Script: |\n    #!/bin/sh\n    echo 1\n\n  # after\nB: 1\n';
    assert.equal(
      await edited(text, [['A.C', 1]]),
      'A:\n  Script: |\n    #!/bin/sh\n    echo 1\n  C: 1\n\n  # after\nB: 1\n',
    );
    assert.equal(await edited(text, [['A.Script', 'x']]), 'A:\n  Script: x\n\n  # after\nB: 1\n');
  });

  test('replaces an inline value by a block and a block by an inline value', async () => {
    assert.equal(
      await edited('A: 1 # one\nB:\n  # inner\n  C: 2\nD: 3\n', [
        ['A', { X: 1 }],
        ['B', 5],
      ]),
      'A: # one\n  X: 1\nB: 5\nD: 3\n',
    );
  });

  test('fills a key without a value', async () => {
    assert.equal(await edited('A:\n  P:\n  Q: 1\n', [['A.P.X', 1]]), 'A:\n  P:\n    X: 1\n  Q: 1\n');
  });

  test('refuses what an anchor shares, a merge brings, or a function decides', async () => {
    const shared = 'A: &a\n  X: 1\nB: *a\nC:\n  <<: *a\n  Y: 2\n';
    await refuses(shared, [['A.X', 2]], /other places use &a/);
    await refuses(shared, [['B.X', 2]], /\*a stands here/);
    await refuses(shared, [['C.X.Z', 2]], /may come through <</);
    await refuses('A: !If [c, 1, 2]\n', [['A', 2]], /!If decides/);
    await refuses('A:\n  Fn::If: [c, {X: 1}, {}]\n', [['A.X', 2]], /Fn::If decides/);
    assert.equal(await edited(shared, [['C.X', 3]]), `${shared}  X: 3\n`);
    await refuses('A: &a\n  X: 1\nC:\n  <<: *a\n', [['A.Y', 2]], /other places use &a/);
  });
});

describe('an edit of JSON', () => {
  const json = (text: string, wishes: Wishes) => edited(text, wishes, 'template.json');

  test('keeps tabs and the order of keys', async () => {
    assert.equal(
      await json('{\n\t"A": {\n\t\t"X": 1\n\t},\n\t"B": []\n}\n', [
        ['A.Y', { Z: [1] }],
        ['B.0', 'b'],
      ]),
      '{\n\t"A": {\n\t\t"X": 1,\n\t\t"Y": {\n\t\t\t"Z": [\n\t\t\t\t1\n\t\t\t]\n\t\t}\n\t},\n\t"B": [\n\t\t"b"\n\t]\n}\n',
    );
  });

  test('stays on one line where the file is one line', async () => {
    assert.equal(await json('{"A":{"X":1}}', [['A.Y', { Z: 2 }]]), '{"A":{"X":1,"Y":{"Z":2}}}');
  });

  test('keeps null and numbers as they are', async () => {
    assert.equal(await json('{"A": null, "N": 1.50}', [['B', 1]]), '{"A": null, "N": 1.50, "B": 1}');
  });

  test('refuses keys that are written twice', async () => {
    await assert.rejects(json('{"A": 1, "A": 2}', [['B', 1]]), /twice|duplicate/i);
  });
});
