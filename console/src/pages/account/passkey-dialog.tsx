import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { ApiProblem, call } from '../../api/call.ts';
import { makePasskey } from '../../api/passkey.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ACCOUNT, ENTRANCE } from '../../texts/account.ts';

/** Registers a passkey of this device or a security key. */
export function PasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState(t(ACCOUNT.passkeyFirst));
  async function add() {
    const { options } = await call('POST /api/me/passkeys/options');
    const response = await makePasskey(options);
    if (!response) throw new ApiProblem(0, { code: 'PasskeyNotUsed', message: ENTRANCE.stopped });
    await call('POST /api/me/passkeys', { body: { name: name.trim(), response } });
  }
  return (
    <FormDialog
      title={t(ACCOUNT.addPasskey)}
      action={t(ACCOUNT.addPasskey)}
      ready={name.trim() !== ''}
      send={add}
      onClose={onClose}
    >
      <FormField label={t(ACCOUNT.passkeyName)}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
