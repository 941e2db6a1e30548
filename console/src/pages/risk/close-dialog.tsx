import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { RiskDetail } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { CLOSE, DECIDE } from '../../texts/risk.ts';
import { LIST_SEPARATOR } from '../../texts/words.ts';
import { EvidenceList } from './evidence-list.tsx';
import { SigningDialog } from './signing-dialog.tsx';

interface CloseDialogProps {
  readonly risk: RiskDetail;
  readonly onClose: () => void;
}

const MOST_REASON = 1_000;

/** The owner closes a risk, with what the server found and what the owner knows beside it. */
export function CloseDialog({ risk, onClose }: CloseDialogProps) {
  const t = useText();
  const [known, setKnown] = useState('');
  const [reason, setReason] = useState('');
  const { closing } = risk;
  const parts = { id: risk.id };
  const evidence = known.split('\n').flatMap((line) => line.trim() || []);
  // In the language of whoever closes it: what is recorded is not translated later.
  const found = [...closing.evidence.map(({ says }) => t(says)), ...evidence].join(t(LIST_SEPARATOR));
  const stated = reason.trim() || found.slice(0, MOST_REASON);
  const body = { shown: risk.shown.hash, evidence, ...(stated === '' ? {} : { reason: stated }) };
  return (
    <SigningDialog
      title={t(CLOSE.title)}
      testId="close-dialog"
      about={closing.needsWord && evidence.length === 0 ? undefined : JSON.stringify(body)}
      prepare={() => call('POST /api/risks/:id/closing/start', { parts, body })}
      send={(proof) => call('POST /api/risks/:id/closing', { parts, body: proof })}
      onClose={onClose}
    >
      <p>
        <strong>{t(risk.title)}</strong>
      </p>
      <section>
        <h3>{t(CLOSE.found)}</h3>
        {closing.evidence.length === 0 ? (
          <p>{t(CLOSE.nothingFound)}</p>
        ) : (
          <EvidenceList of={closing.evidence} />
        )}
        {closing.needsWord && <p className="note">{t(CLOSE.needsWord)}</p>}
      </section>
      <FormField stretch label={t(CLOSE.known)} description={t(CLOSE.knownHint)}>
        <Textarea value={known} rows={3} onChange={({ detail }) => setKnown(detail.value)} />
      </FormField>
      <FormField stretch label={t(DECIDE.reason)} description={t(CLOSE.reasonHint)}>
        <Textarea value={reason} rows={2} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </SigningDialog>
  );
}
