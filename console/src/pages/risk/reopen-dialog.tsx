import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { DECIDE, RISK } from '../../texts/risk.ts';

/** Opens a closed risk again, with a reason. */
export function ReopenDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t(DECIDE.reopenTitle)}
      action={t(RISK.reopen)}
      ready={reason.trim() !== ''}
      send={() => call('POST /api/risks/:id/reopen', { parts: { id }, body: { reason: reason.trim() } })}
      onClose={onClose}
    >
      <FormField label={t(DECIDE.reason)}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
