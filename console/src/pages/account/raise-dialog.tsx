import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ACCOUNT, ENTRANCE } from '../../texts/account.ts';
import { PasskeyButton } from '../entrance/second-factor.tsx';

interface RaiseDialogProps {
  readonly methods: readonly ('totp' | 'passkey')[];
  readonly onClose: () => void;
}

/** Gives a second factor in a session that has none yet. */
export function RaiseDialog({ methods, onClose }: RaiseDialogProps) {
  const t = useText();
  const { take } = useSession();
  const [code, setCode] = useState('');
  return (
    <FormDialog
      title={t(ACCOUNT.raise)}
      {...(methods.includes('totp') ? { action: t(ENTRANCE.giveCode) } : {})}
      ready={/^\d{6}$/.test(code)}
      send={async () => take(await call('POST /api/sign-in/totp', { body: { code } }))}
      onClose={onClose}
    >
      {methods.includes('passkey') && <PasskeyButton onDone={onClose} />}
      {methods.includes('totp') && (
        <FormField label={t(ENTRANCE.code)}>
          <Input value={code} inputMode="numeric" onChange={({ detail }) => setCode(detail.value.trim())} />
        </FormField>
      )}
    </FormDialog>
  );
}
