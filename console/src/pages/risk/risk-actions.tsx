import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { RiskDetail } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { useUser } from '../../app/session.tsx';
import { useText } from '../../language/language.tsx';
import { CLASS, CLOSE, DECIDE, RISK } from '../../texts/risk.ts';

const ProposeDialog = lazy(async () => ({ default: (await import('./propose-dialog.tsx')).ProposeDialog }));
const DecideDialog = lazy(async () => ({ default: (await import('./decide-dialog.tsx')).DecideDialog }));
const CloseDialog = lazy(async () => ({ default: (await import('./close-dialog.tsx')).CloseDialog }));
const ClassDialog = lazy(async () => ({ default: (await import('./class-dialog.tsx')).ClassDialog }));
const ReasonDialog = lazy(async () => ({ default: (await import('./reason-dialog.tsx')).ReasonDialog }));

const KINDS = ['decide', 'propose', 'withdraw', 'close', 'class', 'reopen'] as const;
type Act = (typeof KINDS)[number];

const TITLES = {
  decide: RISK.decide,
  propose: RISK.propose,
  withdraw: RISK.withdraw,
  close: CLOSE.action,
  class: CLASS.action,
  reopen: RISK.reopen,
} as const;

/** What the reader may do about a risk, each in a dialog of its own. */
export function RiskActions({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  const { permissions } = useUser();
  const [dialog, setDialog] = useState<Act>();
  const close = () => setDialog(undefined);
  const open = risk.standing.status !== 'closed';
  const may: Readonly<Record<Act, boolean>> = {
    decide: risk.standing.status === 'proposed' && permissions.decide && !risk.cannotDecide,
    propose: permissions.propose && !risk.cannotPropose && !risk.gone && open,
    withdraw: permissions.propose && !risk.cannotWithdraw,
    close: permissions.close && !risk.cannotClose && open,
    class: permissions.changeClass && !risk.cannotChangeClass && !risk.gone,
    reopen: permissions.propose && !risk.cannotReopen,
  };
  const acts = KINDS.filter((kind) => may[kind]);
  const parts = { id: risk.id };
  return (
    <>
      {!risk.gone && <Button href={`/?attack=${encodeURIComponent(risk.id)}`}>{t(RISK.openOnMap)}</Button>}
      {acts.toReversed().map((kind) => (
        <Button
          key={kind}
          variant={kind === acts[0] && kind !== 'withdraw' && kind !== 'class' ? 'primary' : 'normal'}
          onClick={() => setDialog(kind)}
          data-testid={kind}
        >
          {t(TITLES[kind])}
        </Button>
      ))}
      <Suspense>
        {dialog === 'propose' && <ProposeDialog risks={[risk]} shown={risk.shown.hash} onClose={close} />}
        {dialog === 'decide' && <DecideDialog risk={risk} onClose={close} />}
        {dialog === 'close' && <CloseDialog risk={risk} onClose={close} />}
        {dialog === 'class' && <ClassDialog risk={risk} onClose={close} />}
        {dialog === 'withdraw' && (
          <ReasonDialog
            title={DECIDE.withdrawTitle}
            action={RISK.withdraw}
            lead={DECIDE.withdrawLead}
            send={(reason) =>
              call('POST /api/risks/:id/withdrawal', { parts, body: { reason, shown: risk.shown.hash } })
            }
            onClose={close}
          />
        )}
        {dialog === 'reopen' && (
          <ReasonDialog
            title={DECIDE.reopenTitle}
            action={RISK.reopen}
            send={(reason) => call('POST /api/risks/:id/reopen', { parts, body: { reason } })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
