import type { Band, Text } from '../../../src/api/contract.ts';
import { showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { BandTag } from './band-tag.tsx';

const BANDS: readonly Band[] = ['high', 'medium', 'low'];

interface PerBandTableProps {
  readonly caption: Text;
  readonly lines: readonly {
    readonly title: Text;
    readonly counts: Partial<Readonly<Record<Band, number>>>;
  }[];
}

/** Counts of risks per band, one line for each state of things. */
export function PerBandTable({ caption, lines }: PerBandTableProps) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <table className="simple per-band">
      <caption className="unseen">{t(caption)}</caption>
      <thead>
        <tr>
          <td />
          {BANDS.map((band) => (
            <th key={band} scope="col">
              <BandTag band={band} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ title, counts }) => (
          <tr key={title.en}>
            <th scope="row">{t(title)}</th>
            {BANDS.map((band) => (
              <td key={band}>{showNumber(counts[band] ?? 0, language)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
