import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Text } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { DECIDE } from '../../texts/risk.ts';

interface ReasonDialogProps {
  readonly title: Text;
  readonly action: Text;
  readonly lead?: Text;
  readonly send: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Something that needs nothing but a reason: taking a proposal back, opening a closed risk again. */
export function ReasonDialog({ title, action, lead, send, onClose }: ReasonDialogProps) {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t(title)}
      action={t(action)}
      ready={reason.trim() !== ''}
      send={() => send(reason.trim())}
      onClose={onClose}
    >
      {lead && <p>{t(lead)}</p>}
      <FormField stretch label={t(DECIDE.reason)}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
