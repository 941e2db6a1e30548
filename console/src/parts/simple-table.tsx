import type { ReactNode } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';

interface SimpleTableProps {
  readonly heads: readonly Text[];
  readonly rows: readonly (readonly ReactNode[])[];
}

/** A short table that is shown whole. */
export function SimpleTable({ heads, rows }: SimpleTableProps) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="scroll" tabIndex={0} aria-label={heads.map(t).join(' · ')}>
      <table className="simple">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.en} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are shown whole and never reordered
            <tr key={row}>
              {cells.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are told by their column
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
