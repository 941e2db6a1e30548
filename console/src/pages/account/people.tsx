import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { Answer } from '../../../../src/api/contract.ts';
import { ApiProblem, call } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { ACCOUNT } from '../../texts/account.ts';
import { SHELL } from '../../texts/shell.ts';

/** For whom each user proposes and decides. */
export function People() {
  const t = useText();
  const answer = useAnswer('GET /api/people');
  return (
    <Card title={t(ACCOUNT.people)} note={t(ACCOUNT.peopleNote)}>
      <Loaded of={answer}>
        {({ items, note }) => (
          <>
            {note && <p className="note">{t(note)}</p>}
            <SimpleTable
              heads={[ACCOUNT.user, ACCOUNT.person, ACCOUNT.passkeys]}
              rows={items.map((each) => [
                <span key="user">
                  {each.user} {each.owner && <span className="tag">{t(SHELL.owner)}</span>}
                </span>,
                <NameField key={each.person} person={each} onSaved={answer.again} />,
                String(each.passkeys),
              ])}
            />
          </>
        )}
      </Loaded>
    </Card>
  );
}

interface NameFieldProps {
  readonly person: Answer<'GET /api/people'>['items'][number];
  readonly onSaved: () => void;
}

function NameField({ person: { user, person }, onSaved }: NameFieldProps) {
  const t = useText();
  const [name, setName] = useState(person);
  const [problem, setProblem] = useState<ApiProblem>();
  async function save() {
    setProblem(undefined);
    try {
      await call('PUT /api/people/:user', { parts: { user }, body: { person: name.trim() } });
      onSaved();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }
  return (
    <div className="row">
      <Input
        value={name}
        ariaLabel={t(ACCOUNT.rename(user))}
        onChange={({ detail }) => setName(detail.value)}
      />
      <Button disabled={name.trim() === '' || name === person} onClick={save}>
        {t(SHELL.save)}
      </Button>
      {problem && <ProblemBox problem={problem} />}
    </div>
  );
}
