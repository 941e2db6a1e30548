import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useEffect, useState } from 'react';
import type { Answer, RiskDetail } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { askPasskey, passkeysWork } from '../../api/passkey.ts';
import { showDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Facts } from '../../parts/facts.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { DECIDE, RISK } from '../../texts/risk.ts';
import { SHELL } from '../../texts/shell.ts';
import { RESPONSES } from '../../texts/words.ts';

interface DecideDialogProps {
  readonly risk: RiskDetail;
  readonly onClose: () => void;
}

type Start = Answer<'POST /api/risks/:id/decision/start'>;

/** The owner decides about the open proposal: signed with a passkey, or confirmed with a code. */
export function DecideDialog({ risk, onClose }: DecideDialogProps) {
  const t = useText();
  const [approved, setApproved] = useState(true);
  const [start, setStart] = useState<Start>();
  const [tries, setTries] = useState(0);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const { id } = risk;
  const shown = risk.shown.hash;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a ticket is used once: each try takes a new one
  useEffect(() => {
    let current = true;
    setStart(undefined);
    call('POST /api/risks/:id/decision/start', { parts: { id }, body: { approved, shown } }).then(
      (answer) => current && setStart(answer),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        if (current) setProblem(error);
      },
    );
    return () => {
      current = false;
    };
  }, [id, approved, shown, tries]);

  async function decide(body: () => Promise<Decision | undefined>) {
    setBusy(true);
    setProblem(undefined);
    setStopped(false);
    try {
      const given = await body();
      if (!given) {
        setStopped(true);
        return;
      }
      await call('POST /api/risks/:id/decision', { parts: { id }, body: given });
      onClose();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      setTries(tries + 1);
    } finally {
      setBusy(false);
    }
  }

  const signing = start?.methods.includes('passkey') && start.passkey !== undefined ? start : undefined;
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header={t(DECIDE.decideTitle)}
      closeAriaLabel={t(SHELL.close)}
      footer={
        <div className="dialog-foot">
          <Button variant="link" onClick={onClose}>
            {t(SHELL.cancel)}
          </Button>
          {signing && (
            <Button
              variant="primary"
              loading={busy}
              disabled={!passkeysWork()}
              data-testid="sign"
              onClick={() =>
                decide(async () => {
                  const response = await askPasskey(signing.passkey);
                  return response && { method: 'passkey', ticket: signing.ticket, response };
                })
              }
            >
              {t(DECIDE.signPasskey)}
            </Button>
          )}
        </div>
      }
    >
      <div className="form" data-testid="decide-dialog">
        <h3>{t(DECIDE.willSign)}</h3>
        <Proposed risk={risk} />
        <FormField label={t(DECIDE.yourDecision)}>
          <RadioGroup
            value={approved ? 'yes' : 'no'}
            items={[
              { value: 'yes', label: t(DECIDE.approve) },
              { value: 'no', label: t(DECIDE.reject) },
            ]}
            onChange={({ detail }) => setApproved(detail.value === 'yes')}
          />
        </FormField>
        {start && (
          <>
            <FormField label={t(DECIDE.hash)}>
              <code className="hash" data-testid="signed-hash">
                {start.hash}
              </code>
            </FormField>
            <ExpandableSection headerText={t(DECIDE.canonical)}>
              <pre className="bytes">{start.canonical}</pre>
            </ExpandableSection>
          </>
        )}
        {start?.methods.includes('totp') && (
          <FormField
            label={t(DECIDE.code)}
            description={t(DECIDE.codeNote)}
            secondaryControl={
              <Button
                disabled={!/^\d{6}$/.test(code)}
                loading={busy}
                data-testid="confirm"
                onClick={() => decide(async () => ({ method: 'totp', ticket: start.ticket, code }))}
              >
                {t(DECIDE.confirmCode)}
              </Button>
            }
          >
            <Input
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              onChange={({ detail }) => setCode(detail.value.trim())}
            />
          </FormField>
        )}
        {signing && !passkeysWork() && <p>{t(DECIDE.noPasskey)}</p>}
        {stopped && <p role="status">{t(DECIDE.stopped)}</p>}
        {problem && <ProblemBox problem={problem} />}
      </div>
    </Modal>
  );
}

type Decision = NonNullable<Parameters<typeof call<'POST /api/risks/:id/decision'>>[1]>['body'];

function Proposed({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  const { language } = useLanguage();
  const { standing } = risk;
  const facts = [
    { label: t(RISK.title), value: t(risk.title) },
    { label: t(RISK.event), value: t(risk.statement.event) },
    { label: t(RISK.current), value: <BandTag band={risk.band.current} value={risk.current} /> },
    { label: t(RISK.treatment), value: standing.response ? t(RESPONSES[standing.response]) : '–' },
    { label: t(RISK.reason), value: standing.reason ?? '–' },
    ...(standing.until ? [{ label: t(DECIDE.until), value: showDay(standing.until, language) }] : []),
    ...(standing.counterparty ? [{ label: t(DECIDE.counterparty), value: standing.counterparty }] : []),
    ...(standing.contract ? [{ label: t(DECIDE.contract), value: standing.contract }] : []),
    ...(standing.coverage ? [{ label: t(DECIDE.coverage), value: standing.coverage }] : []),
    { label: t(RISK.proposedBy), value: standing.proposedBy ?? '–' },
  ];
  return <Facts facts={facts} />;
}
