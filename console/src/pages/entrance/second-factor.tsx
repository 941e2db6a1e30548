import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { ApiProblem, call } from '../../api/call.ts';
import { askPasskey, passkeysWork } from '../../api/passkey.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../language/language.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { ENTRANCE } from '../../texts/account.ts';
import { Gate } from './gate.tsx';

/** The code of a device, or a passkey. */
export function SecondFactor({ methods }: { readonly methods: readonly ('totp' | 'passkey')[] }) {
  const t = useText();
  const { take } = useSession();
  const [code, setCode] = useState('');
  const withCode = methods.includes('totp');
  return (
    <Gate
      title={t(ENTRANCE.mfaTitle)}
      {...(withCode ? { action: t(ENTRANCE.giveCode) } : {})}
      ready={/^\d{6}$/.test(code)}
      send={async () => take(await call('POST /api/sign-in/totp', { body: { code } }))}
      below={
        <Button variant="inline-link" onClick={async () => take(await call('POST /api/sign-out'))}>
          {t(ENTRANCE.otherUser)}
        </Button>
      }
    >
      {withCode && (
        <FormField label={t(ENTRANCE.code)}>
          <Input
            value={code}
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={({ detail }) => setCode(detail.value.trim())}
          />
        </FormField>
      )}
      {methods.includes('passkey') && passkeysWork() && <PasskeyButton />}
    </Gate>
  );
}

/** Gives a passkey as the second factor, at sign-in or later to raise a session. */
export function PasskeyButton({ onDone }: { readonly onDone?: () => void }) {
  const t = useText();
  const { take } = useSession();
  const [stopped, setStopped] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  async function give() {
    setStopped(false);
    setProblem(undefined);
    try {
      const { options } = await call('POST /api/sign-in/passkey/options');
      const response = await askPasskey(options);
      if (!response) {
        setStopped(true);
        return;
      }
      take(await call('POST /api/sign-in/passkey', { body: { response } }));
      onDone?.();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }
  return (
    <>
      <Button formAction="none" fullWidth onClick={give} data-testid="use-passkey">
        {t(ENTRANCE.usePasskey)}
      </Button>
      {stopped && <p role="status">{t(ENTRANCE.stopped)}</p>}
      {problem && <ProblemBox problem={problem} />}
    </>
  );
}
