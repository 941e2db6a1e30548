import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import type { Answered } from '../api/use-answer.ts';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';
import { ProblemBox } from './problem-box.tsx';

interface LoadedProps<Value> {
  readonly of: Answered<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** Shows an answer when it is there, else why it is not. */
export function Loaded<Value>({ of, children }: LoadedProps<Value>) {
  const t = useText();
  return (
    <>
      {of.problem && <ProblemBox problem={of.problem} onRetry={of.again} />}
      {of.data !== undefined && children(of.data)}
      {of.data === undefined && !of.problem && (
        <div className="waiting" role="status">
          <Spinner size="large" />
          <span className="unseen">{t(SHELL.loading)}</span>
        </div>
      )}
    </>
  );
}
