import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { Answer, Verification } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { useUser } from '../../app/session.tsx';
import { showNumber } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { DECISIONS } from '../../texts/decisions.ts';
import { RISK } from '../../texts/risk.ts';

/** Verifies, keeps and reviews the histories. */
export function HistoryTools() {
  const { permissions } = useUser();
  return (
    <div className="stack">
      <VerifyCard />
      <div className="columns">
        <KeepCard />
        {permissions.propose && <ReviewCard />}
      </div>
    </div>
  );
}

function VerifyCard() {
  const t = useText();
  const [anchor, setAnchor] = useState<File>();
  const { answer, problem, busy, ask } = useRequest<Verification>();
  const verify = () =>
    ask(async () => {
      const kept = await anchor?.text();
      return await call('POST /api/decisions/verification', { body: kept ? { anchor: kept } : {} });
    });
  return (
    <Card title={t(DECISIONS.verify)}>
      <div className="form">
        <p>{t(DECISIONS.verifyNote)}</p>
        <div className="row">
          <Button loading={busy} onClick={verify} data-testid="verify">
            {t(DECISIONS.verifyNow)}
          </Button>
          <label className="file-choice">
            <input
              type="file"
              className="unseen"
              accept=".jsonl"
              onChange={({ target }) => setAnchor(target.files?.[0])}
            />
            {anchor?.name ?? t(DECISIONS.anchorFile)}
          </label>
        </div>
        {problem && <ProblemBox problem={problem} />}
        {answer && <Verdict of={answer} />}
      </div>
    </Card>
  );
}

function Verdict({ of: { whole, problems, inForce } }: { readonly of: Verification }) {
  const t = useText();
  const { language } = useLanguage();
  const show = (count: number) => showNumber(count, language);
  return (
    <div data-testid="verdict" data-whole={problems.length === 0}>
      <Alert
        type={problems.length === 0 ? 'success' : 'error'}
        header={t(
          problems.length > 0 ? DECISIONS.broken : whole > 0 ? DECISIONS.whole(whole) : RISK.noHistory,
        )}
      >
        {problems.length > 0 && (
          <ul>
            {problems.map((problem) => (
              <li key={problem.en}>{t(problem)}</li>
            ))}
          </ul>
        )}
        <span className="row">
          {t(DECISIONS.inForce)}:
          <span className="assurance signed">{t(DECISIONS.signedCount(show(inForce.signed)))}</span>
          <span className="assurance confirmed">{t(DECISIONS.confirmedCount(show(inForce.confirmed)))}</span>
          <span className="assurance unsigned">{t(DECISIONS.unsignedCount(show(inForce.unsigned)))}</span>
        </span>
      </Alert>
    </div>
  );
}

function KeepCard() {
  const t = useText();
  return (
    <Card title={t(DECISIONS.keep)}>
      <p>{t(DECISIONS.keepNote)}</p>
      <p className="row">
        <a href="/api/decisions/anchor" download="honmaru.anchor.jsonl">
          {t(DECISIONS.anchor)}
        </a>
        <a href="/api/decisions/log" download="honmaru.decisions.jsonl">
          {t(RISK.downloadLog)}
        </a>
        <a href="/api/decisions/allowed-signers" download="allowed_signers">
          {t(RISK.downloadSigners)}
        </a>
      </p>
    </Card>
  );
}

function ReviewCard() {
  const t = useText();
  const { answer, problem, busy, ask } = useRequest<Answer<'POST /api/review'>>();
  return (
    <Card title={t(DECISIONS.review)}>
      <p>{t(DECISIONS.reviewNote)}</p>
      <div className="card-tools">
        <Button loading={busy} onClick={() => ask(() => call('POST /api/review'))} data-testid="review">
          {t(DECISIONS.reviewNow)}
        </Button>
      </div>
      {problem && <ProblemBox problem={problem} />}
      {answer && (
        <div role="status" data-testid="reviewed">
          <p>
            {t(
              answer.recorded.length === 0
                ? DECISIONS.nothingToRecord
                : DECISIONS.recorded(answer.recorded.length),
            )}
          </p>
          <ul>
            {answer.recorded.map(({ risk, title, says }) => (
              <li key={risk + says.en}>
                {t(title)}: {t(says)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

/** One request at a time that a button sends. */
function useRequest<Value>() {
  const [answer, setAnswer] = useState<Value>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  async function ask(send: () => Promise<Value>) {
    setBusy(true);
    setProblem(undefined);
    try {
      setAnswer(await send());
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return { answer, problem, busy, ask };
}
