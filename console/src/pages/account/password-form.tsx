import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { type FormEvent, useState } from 'react';
import { ApiProblem, call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { ACCOUNT } from '../../texts/account.ts';

/** Changes the password of this user. */
export function PasswordForm() {
  const t = useText();
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(undefined);
    setDone(false);
    try {
      await call('POST /api/me/password', { body: { before, after } });
      setBefore('');
      setAfter('');
      setDone(true);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }
  return (
    <Card title={t(ACCOUNT.password)}>
      <form className="form narrow" onSubmit={submit}>
        <FormField label={t(ACCOUNT.before)}>
          <Input
            type="password"
            autoComplete="current-password"
            value={before}
            onChange={({ detail }) => setBefore(detail.value)}
          />
        </FormField>
        <FormField label={t(ACCOUNT.after)}>
          <Input
            type="password"
            autoComplete="new-password"
            value={after}
            onChange={({ detail }) => setAfter(detail.value)}
          />
        </FormField>
        {problem && <ProblemBox problem={problem} />}
        {done && <p role="status">{t(ACCOUNT.changed)}</p>}
        <div>
          <Button formAction="submit" disabled={before === '' || after === ''}>
            {t(ACCOUNT.changePassword)}
          </Button>
        </div>
      </form>
    </Card>
  );
}
