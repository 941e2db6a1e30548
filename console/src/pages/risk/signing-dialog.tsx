import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import { type ReactNode, useEffect, useState } from 'react';
import type { Answer, Body } from '../../../../src/api/contract.ts';
import { ApiProblem } from '../../api/call.ts';
import { askPasskey, passkeysWork } from '../../api/passkey.ts';
import { useText } from '../../language/language.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { DECIDE } from '../../texts/risk.ts';
import { SHELL } from '../../texts/shell.ts';

export type Start = Answer<'POST /api/risks/:id/decision/start'>;
export type Proof = Body<'POST /api/risks/:id/decision'>;

interface SigningDialogProps {
  readonly title: string;
  readonly testId: string;
  /** What the form says now: another one is prepared anew. Undefined while it is not filled in. */
  readonly about: string | undefined;
  /** Prepared as soon as the form is filled in; else when the person goes on. */
  readonly atOnce?: boolean;
  readonly prepare: () => Promise<Start>;
  readonly send: (proof: Proof) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form whose bytes are then signed with a passkey, or confirmed with a code. */
export function SigningDialog(props: SigningDialogProps) {
  const { title, testId, about, atOnce = false, prepare, send, onClose, children } = props;
  const t = useText();
  const [wanted, setWanted] = useState<string>();
  const [start, setStart] = useState<Start>();
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const asked = about !== undefined && (atOnce || wanted === about) ? about : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a ticket is used once: each try takes a new one
  useEffect(() => {
    let current = true;
    setStart(undefined);
    if (asked === undefined) return;
    prepare().then(
      (answer) => current && setStart(answer),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        if (!current) return;
        setProblem(error);
        setWanted(undefined);
      },
    );
    return () => {
      current = false;
    };
  }, [asked, tries]);

  async function finish(prove: () => Promise<Proof | undefined>) {
    setBusy(true);
    setProblem(undefined);
    setStopped(false);
    try {
      const proof = await prove();
      if (!proof) {
        setStopped(true);
        return;
      }
      await send(proof);
      onClose();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      setTries(tries + 1);
    } finally {
      setBusy(false);
    }
  }

  const signing = start?.methods.includes('passkey') && start.passkey !== undefined ? start : undefined;
  const goOn = () => {
    setProblem(undefined);
    setWanted(about);
  };
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header={title}
      closeAriaLabel={t(SHELL.close)}
      footer={
        <div className="dialog-foot">
          <Button variant="link" onClick={onClose}>
            {t(SHELL.cancel)}
          </Button>
          {!atOnce && !start && (
            <Button
              variant="primary"
              disabled={about === undefined}
              loading={asked !== undefined && !problem}
              data-testid="go-on"
              onClick={goOn}
            >
              {t(DECIDE.goOn)}
            </Button>
          )}
          {signing && (
            <Button
              variant="primary"
              loading={busy}
              disabled={!passkeysWork()}
              data-testid="sign"
              onClick={() =>
                finish(async () => {
                  const response = await askPasskey(signing.passkey);
                  return response && { method: 'passkey', ticket: signing.ticket, response };
                })
              }
            >
              {t(DECIDE.signPasskey)}
            </Button>
          )}
        </div>
      }
    >
      <div className="form" data-testid={testId}>
        {children}
        {start && <WhatIsSigned start={start} />}
        {start?.methods.includes('totp') && (
          <CodeField
            busy={busy}
            onCode={(code) => finish(async () => ({ method: 'totp', ticket: start.ticket, code }))}
          />
        )}
        {signing && !passkeysWork() && <p>{t(DECIDE.noPasskey)}</p>}
        {stopped && <p role="status">{t(DECIDE.stopped)}</p>}
        {problem && <ProblemBox problem={problem} />}
      </div>
    </Modal>
  );
}

function WhatIsSigned({ start }: { readonly start: Start }) {
  const t = useText();
  return (
    <>
      <FormField stretch label={t(DECIDE.hash)}>
        <code className="hash" data-testid="signed-hash">
          {start.hash}
        </code>
      </FormField>
      <ExpandableSection headerText={t(DECIDE.canonical)}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre className="bytes" tabIndex={0}>
          {start.canonical}
        </pre>
      </ExpandableSection>
    </>
  );
}

interface CodeFieldProps {
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
}

function CodeField({ busy, onCode }: CodeFieldProps) {
  const t = useText();
  const [code, setCode] = useState('');
  return (
    <FormField
      label={t(DECIDE.code)}
      description={t(DECIDE.codeNote)}
      secondaryControl={
        <Button
          disabled={!/^\d{6}$/.test(code)}
          loading={busy}
          data-testid="confirm"
          onClick={() => onCode(code)}
        >
          {t(DECIDE.confirmCode)}
        </Button>
      }
    >
      <Input
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        onChange={({ detail }) => setCode(detail.value.trim())}
      />
    </FormField>
  );
}
