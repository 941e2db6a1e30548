import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';
import type { Body, Fix, Panel } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { useRevision } from '../../api/events.tsx';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { FIX } from '../../texts/fix.ts';
import { SHELL } from '../../texts/shell.ts';
import { FixAnswers } from './fix-answers.tsx';
import { FixChangeText } from './fix-change.tsx';
import { FixFiles } from './fix-files.tsx';
import '../../styles/fix.css';

type Answers = NonNullable<Body<'POST /api/fix'>['answers']>;

interface FixDialogProps {
  readonly panel: Panel;
  readonly onClose: () => void;
}

/** What `honmaru fix` would change for a safeguard at a place, with cost, interruption and the way back. */
export function FixDialog({ panel, onClose }: FixDialogProps) {
  const t = useText();
  const { safeguard, place } = panel;
  const [answers, setAnswers] = useState<Answers>();
  const [fix, setFix] = useState<Fix>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [tries, setTries] = useState(0);
  const revision = useRevision();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision of the files or a new try asks again
  useEffect(() => {
    let current = true;
    setProblem(undefined);
    const body = { safeguard, place: place.id, ...(answers ? { answers } : {}) };
    call('POST /api/fix', { body }).then(
      (given) => current && setFix(given),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        if (current) setProblem(error);
      },
    );
    return () => {
      current = false;
    };
  }, [safeguard, place.id, answers, revision, tries]);
  const waits = fix?.changes.some(({ outcome }) => outcome === 'needs') ?? false;
  return (
    <Modal
      visible
      size="max"
      onDismiss={onClose}
      header={t(FIX.title(t(panel.name), resourceName(place.id, place.name, t)))}
      closeAriaLabel={t(SHELL.close)}
    >
      <div className="form" data-testid="fix-dialog">
        <p>{t(FIX.lead)}</p>
        <Loaded
          of={{
            ...(fix ? { data: fix } : {}),
            ...(problem ? { problem } : {}),
            loading: !fix,
            again: () => setTries(tries + 1),
          }}
        >
          {(shown) => (
            <>
              {shown.changes.map((change) => (
                <FixChangeText key={change.id} change={change} fix={shown} />
              ))}
              {(waits || answers) && (
                <FixAnswers safeguard={safeguard} onAnswers={(given) => setAnswers(given)} />
              )}
              <FixFiles fix={shown} />
            </>
          )}
        </Loaded>
      </div>
    </Modal>
  );
}
