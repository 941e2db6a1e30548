import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { ApiProblem } from '../api/call.ts';
import { showPlace } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';

interface ProblemBoxProps {
  readonly problem: ApiProblem;
  readonly onRetry?: () => void;
}

/** A refusal in the server's words, with what to do about it. */
export function ProblemBox({ problem: { problem }, onRetry }: ProblemBoxProps) {
  const t = useText();
  return (
    <div role="alert" data-testid="problem">
      <Alert type="error" action={onRetry && <Button onClick={onRetry}>{t(SHELL.retry)}</Button>}>
        {t(problem.message)}
        {problem.place && <code className="place"> {showPlace(problem.place)}</code>}
        {problem.remedy && <div>{t(problem.remedy)}</div>}
      </Alert>
    </div>
  );
}
