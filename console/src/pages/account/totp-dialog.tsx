import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useEffect, useState } from 'react';
import type { Answer } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { ACCOUNT } from '../../texts/account.ts';

const CODE = /^\d{6}$/;

/** Registers an authenticator app: its secret is shown once, two codes confirm it. */
export function TotpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [start, setStart] = useState<Answer<'POST /api/me/totp'>>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  useEffect(() => {
    call('POST /api/me/totp').then(setStart, (error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    });
  }, []);
  const codes = [
    { label: ACCOUNT.firstCode, value: first, change: setFirst },
    { label: ACCOUNT.secondCode, value: second, change: setSecond },
  ];
  return (
    <FormDialog
      title={t(ACCOUNT.addTotp)}
      action={t(ACCOUNT.confirm)}
      ready={start !== undefined && CODE.test(first) && CODE.test(second)}
      send={async () => {
        if (start) await call('POST /api/me/totp/confirm', { body: { serial: start.serial, first, second } });
      }}
      onClose={onClose}
    >
      {problem && <ProblemBox problem={problem} />}
      {start && (
        <>
          <p>{t(ACCOUNT.totpLead)}</p>
          <img className="qr" src={start.qr} alt={t(ACCOUNT.qr)} width="220" height="220" />
          <p>
            {t(ACCOUNT.totpSecret)}: <code className="hash">{start.secret}</code>{' '}
            <CopyButton text={start.secret} />
          </p>
        </>
      )}
      {codes.map(({ label, value, change }) => (
        <FormField key={label.en} label={t(label)}>
          <Input value={value} inputMode="numeric" onChange={({ detail }) => change(detail.value.trim())} />
        </FormField>
      ))}
    </FormDialog>
  );
}
