import type { HeatMap } from '../../../../src/api/contract.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { RISK } from '../../texts/risk.ts';

const LEVELS = [1, 2, 3] as const;

/** Likelihood × importance, three by three, with how many risks stand in each cell. */
export function HeatMapView() {
  const t = useText();
  const answer = useAnswer('GET /api/heat-map');
  return (
    <Loaded of={answer}>
      {(heat) => (
        <div className="heat-frame">
          <table className="heat">
            <caption>{t(RISK.heatNote)}</caption>
            <thead>
              <tr>
                <td />
                <th scope="colgroup" colSpan={3}>
                  {t(RISK.likelihood)}
                </th>
              </tr>
              <tr>
                <th scope="col" className="axis">
                  {t(RISK.importance)}
                </th>
                {LEVELS.map((likelihood) => (
                  <th key={likelihood} scope="col">
                    {likelihood}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {LEVELS.toReversed().map((importance) => (
                <tr key={importance}>
                  <th scope="row">{importance}</th>
                  {LEVELS.map((likelihood) => (
                    <Cell key={likelihood} cell={cellAt(heat, importance, likelihood)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  );
}

type HeatCell = HeatMap['cells'][number];

function cellAt({ cells }: HeatMap, importance: number, likelihood: number): HeatCell | undefined {
  return cells.find((cell) => cell.importance === importance && cell.likelihood === likelihood);
}

function Cell({ cell }: { readonly cell: HeatCell | undefined }) {
  const t = useText();
  if (!cell) return <td />;
  const { importance, likelihood, value, band, open, decided } = cell;
  return (
    <td className={`heat-cell ${band}`}>
      <a href={`/risks?cell=${importance}x${likelihood}`}>
        <span className="unseen">{t(RISK.cell(importance, likelihood))}</span>
        <BandTag band={band} value={{ low: value, high: value }} />
        <strong>{open}</strong>
        <span>{t(RISK.open)}</span>
        {decided > 0 && <small>{t(RISK.decidedCell(decided))}</small>}
      </a>
    </td>
  );
}
