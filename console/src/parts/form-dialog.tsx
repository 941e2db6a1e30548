import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/call.ts';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';
import { ProblemBox } from './problem-box.tsx';

interface FormDialogProps {
  readonly title: string;
  /** Absent where something inside sends by itself. */
  readonly action?: string;
  readonly ready: boolean;
  /** Sends it; the dialog closes when that went well and shows the refusal when not. */
  readonly send: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog that sends one request. */
export function FormDialog({ title, action, ready, send, onClose, children }: FormDialogProps) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  async function submit() {
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
      onClose();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      visible
      size="medium"
      onDismiss={onClose}
      header={title}
      closeAriaLabel={t(SHELL.close)}
      footer={
        <div className="dialog-foot">
          <Button variant="link" onClick={onClose}>
            {t(SHELL.cancel)}
          </Button>
          {action && (
            <Button variant="primary" disabled={!ready} loading={busy} onClick={submit} data-testid="submit">
              {action}
            </Button>
          )}
        </div>
      }
    >
      <div className="form">
        {children}
        {problem && <ProblemBox problem={problem} />}
      </div>
    </Modal>
  );
}
