import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDeclarationText } from '../environment/declarations.ts';
import { movedEntries } from './diff.ts';

test('what diff prints is read back by honmaru.yaml as it was meant, whatever the names hold', async () => {
  const odd = fc.constantFrom('[0]', '["a.b"]', '["x: y"]', ' #', '\\', '"', '日本語', "'", '{', '\u2028');
  const tail = fc.array(fc.oneof(fc.stringMatching(/^[A-Za-z0-9_./-]{1,8}$/), odd), { maxLength: 4 });
  const id = fc
    .tuple(fc.constantFrom('cfn:app/', 'tf:aws_instance.'), tail)
    .map(([kind, rest]) => `${kind}x${rest.join('')}`);
  const renames = fc.uniqueArray(fc.tuple(id, id), {
    minLength: 1,
    maxLength: 4,
    selector: ([from]) => from,
  });
  await fc.assert(
    fc.asyncProperty(renames, async (pairs) => {
      const moved = pairs.filter(([from, to]) => from !== to).map(([from, to]) => ({ from, to }));
      const unique = moved.filter(({ to }, index) => moved.findIndex((each) => each.to === to) === index);
      fc.pre(unique.length > 0);
      const { declaration, problems } = await readDeclarationText(movedEntries(unique).join('\n'), 'x.yaml');
      assert.deepEqual(problems, []);
      assert.deepEqual(
        declaration.moved?.map(({ from, to }) => ({ from, to })),
        unique,
      );
    }),
    { numRuns: 100 },
  );
});
