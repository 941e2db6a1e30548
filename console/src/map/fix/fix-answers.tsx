import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Body } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { FIX } from '../../texts/fix.ts';

type Answers = NonNullable<Body<'POST /api/fix'>['answers']>;

interface FixAnswersProps {
  readonly safeguard: string;
  readonly onAnswers: (answers: Answers) => void;
}

const FIELDS = ['domain', 'hostedZone', 'email'] as const;

/** What the files do not tell: a domain, a recipient, other values, and whether a price is accepted. */
export function FixAnswers({ safeguard, onAnswers }: FixAnswersProps) {
  const t = useText();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [values, setValues] = useState('');
  const [accepted, setAccepted] = useState(false);
  const send = () =>
    onAnswers({
      ...Object.fromEntries(
        FIELDS.flatMap((field) => {
          const value = given[field]?.trim();
          return value ? [[field, value]] : [];
        }),
      ),
      values: namedValues(values),
      acceptCost: accepted ? [safeguard] : [],
    });
  return (
    <section className="form" data-testid="fix-answers">
      <h3>{t(FIX.answers)}</h3>
      <div className="columns">
        {FIELDS.map((field) => (
          <FormField key={field} label={t(FIX[field])}>
            <Input
              value={given[field] ?? ''}
              onChange={({ detail }) => setGiven({ ...given, [field]: detail.value })}
            />
          </FormField>
        ))}
        <FormField label={t(FIX.values)} description={t(FIX.valuesHint)}>
          <Textarea value={values} rows={2} onChange={({ detail }) => setValues(detail.value)} />
        </FormField>
      </div>
      <label className="row">
        <input type="checkbox" checked={accepted} onChange={({ target }) => setAccepted(target.checked)} />
        {t(FIX.acceptCost)}
      </label>
      <div>
        <Button onClick={send} data-testid="fix-again">
          {t(FIX.askAgain)}
        </Button>
      </div>
    </section>
  );
}

/** `NAME=VALUE` lines; what has no name is left out. */
function namedValues(lines: string): { name: string; value: string }[] {
  return lines.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(at, 0)).trim();
    return name === '' ? [] : [{ name, value: line.slice(at + 1).trim() }];
  });
}
