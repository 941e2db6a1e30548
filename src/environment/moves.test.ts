import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../sources/documents/yaml.ts';
import { readDeclaration } from './declaration.ts';
import { resolveMoves } from './moves.ts';

const RESOURCES = [
  { id: 'cfn:app/Database', name: 'Database' },
  { id: 'cfn:app/Store', name: 'Store' },
];

function resolved(yaml: string) {
  const file = { path: 'honmaru.yaml', text: yaml };
  const { declaration, problems } = readDeclaration(file, parseYaml(file).root);
  const moves = resolveMoves(declaration.moved ?? [], RESOURCES);
  return {
    moved: moves.moved,
    problems: [...problems, ...moves.problems].map(
      ({ place, message, remedy }) =>
        `${place?.file}:${place?.line}: ${message.en}${remedy ? ` (${remedy.en})` : ''}`,
    ),
  };
}

describe('moved: in honmaru.yaml', () => {
  test('is read with ids or with bare names', () => {
    assert.deepEqual(resolved('moved:\n  cfn:app/Db: cfn:app/Database\n  Bucket: Store\n'), {
      moved: [
        { from: 'cfn:app/Db', to: 'cfn:app/Database' },
        { from: 'cfn:app/Bucket', to: 'cfn:app/Store' },
      ],
      problems: [],
    });
  });

  test('chains renames over time', () => {
    const { moved, problems } = resolved('moved:\n  cfn:app/A: cfn:app/B\n  cfn:app/B: cfn:app/Store\n');
    assert.deepEqual([moved.length, problems], [2, []]);
  });

  test('tells each mistake with its line and the nearest right word', () => {
    const { moved, problems } = resolved(
      [
        'moved:',
        '  cfn:app/Db: cfn:app/Databse',
        '  cfn:app/Store: cfn:app/Database',
        '  cfn:app/X: cfn:app/X',
        '  cfn:app/One: cfn:app/Two',
        '  cfn:app/Two: cfn:app/One',
        '  cfn:app/Three: cfn:app/Store',
        '  cfn:app/Four: cfn:app/Store',
        '  cfn:app/Five: [1]',
      ].join('\n'),
    );
    assert.deepEqual(moved, [{ from: 'cfn:app/Three', to: 'cfn:app/Store' }]);
    assert.deepEqual(problems.sort(), [
      'honmaru.yaml:2: there is no resource cfn:app/Databse (did you mean cfn:app/Database?)',
      'honmaru.yaml:3: cfn:app/Store is still there, so it did not become cfn:app/Database',
      'honmaru.yaml:4: cfn:app/X moved to itself',
      'honmaru.yaml:5: the renames of cfn:app/Two run in a circle',
      'honmaru.yaml:6: the renames of cfn:app/One run in a circle',
      'honmaru.yaml:8: two names cannot both become cfn:app/Store: their histories would mix',
      'honmaru.yaml:9: cfn:app/Five must be a text',
    ]);
  });

  test('must be a map', () => {
    assert.match(resolved('moved: [a]\n').problems.join(), /honmaru.yaml:1: moved must be a map/);
  });
});
