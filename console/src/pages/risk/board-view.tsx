import { useAnswer } from '../../api/use-answer.ts';
import { pathOf } from '../../app/router.ts';
import { showDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { RISK } from '../../texts/risk.ts';
import { ASSURANCES, DECISION_STATES, LIST_SEPARATOR } from '../../texts/words.ts';

/** The risks as cards in columns by the state of their treatment. */
export function BoardView() {
  const t = useText();
  const { language } = useLanguage();
  const answer = useAnswer('GET /api/board');
  return (
    <Loaded of={answer}>
      {({ columns }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="board" tabIndex={0} aria-label={t(RISK.viewBoard)}>
          {columns.map(({ status, total, risks }) => (
            <div key={status} className={total === 0 ? 'board-column vacant' : 'board-column'}>
              <h2>
                {t(DECISION_STATES[status])} <span className="count">{total}</span>
              </h2>
              <ul>
                {risks.map((risk) => (
                  <li key={risk.id} className={`board-card ${risk.band.current}`}>
                    <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a>
                    <span className="below">
                      {risk.assets.map(({ id, name }) => resourceName(id, name, t)).join(t(LIST_SEPARATOR))}
                    </span>
                    <span className="row">
                      <BandTag band={risk.band.current} value={risk.current} />
                      {risk.standing.assurance && (
                        <span className={`assurance ${risk.standing.assurance}`}>
                          {t(ASSURANCES[risk.standing.assurance])}
                        </span>
                      )}
                    </span>
                    {risk.standing.until && (
                      <span className="below">{t(RISK.until(showDay(risk.standing.until, language)))}</span>
                    )}
                  </li>
                ))}
              </ul>
              {total === 0 && <p className="below">{t(RISK.noneHere)}</p>}
              {total > risks.length && (
                <a href={`/risks?status=${status}`}>{t(RISK.moreOnBoard(total - risks.length))}</a>
              )}
            </div>
          ))}
        </section>
      )}
    </Loaded>
  );
}
