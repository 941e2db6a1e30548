import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Answer, Response, RiskRow, Text, Treatment } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { DECIDE } from '../../texts/risk.ts';
import { SHELL } from '../../texts/shell.ts';
import { RESPONSE_HINTS, RESPONSES } from '../../texts/words.ts';

interface ProposeDialogProps {
  readonly risks: readonly RiskRow[];
  /** The hash of what is shown, where one risk is proposed from its own page. */
  readonly shown?: string;
  readonly onClose: (done: boolean) => void;
}

const CHOICES: readonly Response[] = ['reduce', 'accept', 'transfer', 'avoid'];
const DEFAULT_DAYS = 90;

/** Proposes one treatment for one risk or several. */
export function ProposeDialog({ risks, shown, onClose }: ProposeDialogProps) {
  const t = useText();
  const [treatment, setTreatment] = useState<Treatment>(() => firstTreatment(risks));
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [refused, setRefused] = useState<Refused>([]);
  const change = (part: Partial<Treatment>) => setTreatment({ ...treatment, ...part });
  const missing = missingIn(treatment);
  const errorOf = (field: string) => (checked && missing.includes(field) ? t(DECIDE.needed) : undefined);

  async function send() {
    setChecked(true);
    if (missing.length > 0) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const left = await propose(risks, cleaned(treatment), shown);
      setRefused(left);
      if (left.length === 0) onClose(true);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      visible
      size="large"
      onDismiss={() => onClose(refused.length > 0)}
      header={t(risks.length === 1 ? DECIDE.proposeTitle : DECIDE.proposeMany(risks.length))}
      closeAriaLabel={t(SHELL.close)}
      footer={
        <div className="dialog-foot">
          <Button variant="link" onClick={() => onClose(refused.length > 0)}>
            {t(SHELL.cancel)}
          </Button>
          <Button variant="primary" loading={busy} onClick={send} data-testid="send-proposal">
            {t(DECIDE.send)}
          </Button>
        </div>
      }
    >
      <div className="form" data-testid="propose-dialog">
        <ul className="about">
          {risks.slice(0, 8).map((risk) => (
            <li key={risk.id}>
              <BandTag band={risk.band.current} value={risk.current} /> {t(risk.title)}
            </li>
          ))}
          {risks.length > 8 && <li>…</li>}
        </ul>
        <FormField label={t(DECIDE.response)}>
          <RadioGroup
            value={treatment.response}
            items={CHOICES.map((value) => ({
              value,
              label: t(RESPONSES[value]),
              description: t(RESPONSE_HINTS[value]),
            }))}
            onChange={({ detail }) => change({ response: detail.value as Response })}
          />
        </FormField>
        <FormField
          stretch
          label={t(DECIDE.reason)}
          description={t(DECIDE.reasonHint)}
          errorText={errorOf('reason')}
        >
          <Textarea
            value={treatment.reason}
            rows={3}
            onChange={({ detail }) => change({ reason: detail.value })}
          />
        </FormField>
        <FormField
          label={t(DECIDE.until)}
          description={treatment.response === 'accept' ? t(DECIDE.untilHint) : undefined}
          errorText={errorOf('until')}
        >
          <input
            type="date"
            className="day"
            aria-label={t(DECIDE.until)}
            value={treatment.until ?? ''}
            min={new Date().toISOString().slice(0, 10)}
            onChange={(event) => change({ until: event.target.value })}
          />
        </FormField>
        {treatment.response === 'transfer' &&
          TRANSFER_PARTS.map(({ field, label }) => (
            <FormField key={field} label={t(label)} errorText={errorOf(field)}>
              <Input
                value={treatment[field] ?? ''}
                onChange={({ detail }) => change({ [field]: detail.value })}
              />
            </FormField>
          ))}
        {refused.length > 0 && (
          <Alert type="error" header={t(DECIDE.refused(refused.length))}>
            <ul>
              {refused.map(({ risk, message }) => (
                <li key={risk}>
                  {t(risks.find(({ id }) => id === risk)?.title ?? { en: risk, ja: risk })}: {t(message)}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {problem && <ProblemBox problem={problem} />}
      </div>
    </Modal>
  );
}

const TRANSFER_PARTS: readonly {
  readonly field: 'counterparty' | 'contract' | 'coverage';
  readonly label: Text;
}[] = [
  { field: 'counterparty', label: DECIDE.counterparty },
  { field: 'contract', label: DECIDE.contract },
  { field: 'coverage', label: DECIDE.coverage },
];

type Refused = Answer<'POST /api/proposals'>['refused'];

function firstTreatment(risks: readonly RiskRow[]): Treatment {
  const until = new Date(Date.now() + DEFAULT_DAYS * 86_400_000).toISOString().slice(0, 10);
  return { response: risks[0]?.response ?? 'reduce', reason: '', until };
}

function missingIn({
  response,
  reason,
  until,
  counterparty,
  contract,
  coverage,
}: Treatment): readonly string[] {
  const needed: Record<string, string | undefined> = { reason };
  if (response === 'accept') needed.until = until;
  if (response === 'transfer') Object.assign(needed, { counterparty, contract, coverage });
  return Object.entries(needed).flatMap(([field, value]) => (value?.trim() ? [] : [field]));
}

/** Only what belongs to the chosen response and was filled in. */
function cleaned({ response, reason, until, ...transfer }: Treatment): Treatment {
  const parts = response === 'transfer' ? Object.entries(transfer).filter(([, value]) => value?.trim()) : [];
  return { response, reason: reason.trim(), ...(until ? { until } : {}), ...Object.fromEntries(parts) };
}

async function propose(risks: readonly RiskRow[], treatment: Treatment, shown?: string): Promise<Refused> {
  const [first] = risks;
  if (risks.length === 1 && first && shown) {
    await call('POST /api/risks/:id/proposal', { parts: { id: first.id }, body: { treatment, shown } });
    return [];
  }
  const body = { risks: risks.map(({ id }) => ({ id })), treatment };
  return (await call('POST /api/proposals', { body })).refused;
}
