import Button from '@cloudscape-design/components/button';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiProblem } from '../../api/call.ts';
import { Crest } from '../../app/crest.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';

interface GateProps {
  readonly title: string;
  readonly lead?: string;
  /** Absent where there is nothing to send. */
  readonly action?: string;
  readonly ready?: boolean;
  readonly send?: () => Promise<unknown>;
  readonly children?: ReactNode;
  readonly below?: ReactNode;
}

/** The frame of every form before the gate. */
export function Gate({ title, lead, action, ready = true, send, children, below }: GateProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || busy || !send) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form className="gate" onSubmit={submit} noValidate>
      <Crest size={44} />
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
      {children}
      {problem && <ProblemBox problem={problem} />}
      {action && (
        <Button variant="primary" formAction="submit" fullWidth disabled={!ready} loading={busy}>
          {action}
        </Button>
      )}
      {below}
    </form>
  );
}
