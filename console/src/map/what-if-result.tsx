import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import type { Switch, WhatIf } from '../../../src/api/contract.ts';
import { ApiProblem, call } from '../api/call.ts';
import { useRevision } from '../api/events.tsx';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { PerBandTable } from '../parts/per-band-table.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { MAP } from '../texts/map.ts';
import { LIST_SEPARATOR } from '../texts/words.ts';

interface WhatIfResultProps {
  readonly switches: readonly Switch[];
  readonly onClear: () => void;
}

/** What the switches would change: counts per band, and each risk whose level or ways change. */
export function WhatIfResult({ switches, onClear }: WhatIfResultProps) {
  const t = useText();
  const revision = useRevision();
  const [answer, setAnswer] = useState<WhatIf>();
  const [problem, setProblem] = useState<ApiProblem>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision of the environment asks again
  useEffect(() => {
    let current = true;
    call('POST /api/what-if', { body: { switches } }).then(
      (given) => {
        if (!current) return;
        setAnswer(given);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        if (current) setProblem(error);
      },
    );
    return () => {
      current = false;
    };
  }, [switches, revision]);
  return (
    <section className="what-if" data-testid="what-if" aria-live="polite">
      <div className="row">
        <h3>{t(MAP.whatIf)}</h3>
        <Button variant="inline-link" onClick={onClear}>
          {t(MAP.undoAll)}
        </Button>
      </div>
      {problem && <ProblemBox problem={problem} />}
      {answer && (
        <>
          <p className="marking" data-testid="marking">
            {t(answer.marking)}
          </p>
          <PerBandTable
            caption={MAP.counts}
            lines={[
              { title: MAP.before, counts: answer.counts.before },
              { title: MAP.after, counts: answer.counts.after },
            ]}
          />
          <h4>{t(MAP.changedRisks)}</h4>
          {answer.risks.length === 0 && <p>{t(MAP.nothingChanges)}</p>}
          <ul className="plain wide">
            {answer.risks.map(({ risk, title, before, after, cut, openPaths }) => (
              <li key={risk} data-risk={risk}>
                <a href={pathOf('risks', risk)}>{t(title)}</a>
                <div className="row">
                  <BandTag band={before.band} value={before.current} />
                  <span aria-hidden="true">→</span>
                  <BandTag band={after.band} value={after.current} />
                </div>
                <div className="below">
                  {t(MAP.openPaths(openPaths.before, openPaths.after))}
                  {cut.length > 0 &&
                    ` · ${t(MAP.cutBy(cut.map(({ name, place, placeName }) => `${t(name)} @ ${resourceName(place, placeName, t)}`).join(t(LIST_SEPARATOR))))}`}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
