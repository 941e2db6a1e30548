import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import type { RiskDetail } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { showDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Facts } from '../../parts/facts.tsx';
import { DECIDE, RISK } from '../../texts/risk.ts';
import { RESPONSES } from '../../texts/words.ts';
import { SigningDialog } from './signing-dialog.tsx';

interface DecideDialogProps {
  readonly risk: RiskDetail;
  readonly onClose: () => void;
}

/** The owner decides about the open proposal: signed with a passkey, or confirmed with a code. */
export function DecideDialog({ risk, onClose }: DecideDialogProps) {
  const t = useText();
  const [approved, setApproved] = useState(true);
  const parts = { id: risk.id };
  const shown = risk.shown.hash;
  return (
    <SigningDialog
      title={t(DECIDE.decideTitle)}
      testId="decide-dialog"
      about={JSON.stringify([approved, shown])}
      atOnce
      prepare={() => call('POST /api/risks/:id/decision/start', { parts, body: { approved, shown } })}
      send={(body) => call('POST /api/risks/:id/decision', { parts, body })}
      onClose={onClose}
    >
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
    </SigningDialog>
  );
}

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
