import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { MfaDevice } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { passkeysWork } from '../../api/passkey.ts';
import { useSession } from '../../app/session.tsx';
import { showDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { ACCOUNT } from '../../texts/account.ts';

const PasskeyDialog = lazy(async () => ({ default: (await import('./passkey-dialog.tsx')).PasskeyDialog }));
const TotpDialog = lazy(async () => ({ default: (await import('./totp-dialog.tsx')).TotpDialog }));
const RaiseDialog = lazy(async () => ({ default: (await import('./raise-dialog.tsx')).RaiseDialog }));

interface DevicesProps {
  readonly devices: readonly MfaDevice[];
  readonly onChange: () => void;
}

type Dialog = 'passkey' | 'totp' | 'raise';

/** The second factors of this user. */
export function Devices({ devices, onChange }: DevicesProps) {
  const t = useText();
  const { language } = useLanguage();
  const { session, ask } = useSession();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => {
    setDialog(undefined);
    onChange();
    ask();
  };
  const methods = [...new Set(devices.map(({ kind }) => kind))];
  return (
    <Card title={t(ACCOUNT.devices)} note={t(ACCOUNT.devicesNote)}>
      {devices.length === 0 && <p>{t(ACCOUNT.noDevices)}</p>}
      <ul className="plain wide">
        {devices.map(({ id, kind, name, since }) => (
          <li key={id} className="row" data-device={kind}>
            <strong>{name}</strong>
            <span>{t(ACCOUNT[kind])}</span>
            <span className="below">{t(ACCOUNT.since(showDay(since, language)))}</span>
            {kind === 'passkey' && (
              <Button
                variant="inline-link"
                ariaLabel={t(ACCOUNT.removeNamed(name))}
                onClick={async () => {
                  await call('DELETE /api/me/passkeys/:id', { parts: { id } });
                  onChange();
                }}
              >
                {t(ACCOUNT.remove)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="row card-tools">
        {passkeysWork() && (
          <Button onClick={() => setDialog('passkey')} data-testid="add-passkey">
            {t(ACCOUNT.addPasskey)}
          </Button>
        )}
        <Button onClick={() => setDialog('totp')} data-testid="add-totp">
          {t(ACCOUNT.addTotp)}
        </Button>
        {methods.length > 0 && session?.user?.mfa === 'none' && (
          <Button variant="primary" onClick={() => setDialog('raise')} data-testid="raise">
            {t(ACCOUNT.raise)}
          </Button>
        )}
      </div>
      <Suspense>
        {dialog === 'passkey' && <PasskeyDialog onClose={close} />}
        {dialog === 'totp' && <TotpDialog onClose={close} />}
        {dialog === 'raise' && <RaiseDialog methods={methods} onClose={close} />}
      </Suspense>
    </Card>
  );
}
