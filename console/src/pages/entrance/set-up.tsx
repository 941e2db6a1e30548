import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { ENTRANCE } from '../../texts/account.ts';
import { Gate } from './gate.tsx';
import type { Created } from './new-key.tsx';

interface SetUpProps {
  readonly token: string;
  readonly onCreated: (created: Created) => void;
}

/** Makes the first administrator with the token of the set-up link. */
export function SetUp({ token, onCreated }: SetUpProps) {
  const t = useText();
  const [name, setName] = useState('admin');
  const [person, setPerson] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const different = again !== '' && again !== password;
  return (
    <Gate
      title={t(ENTRANCE.setUpTitle)}
      lead={t(ENTRANCE.setUpLead)}
      action={t(ENTRANCE.create)}
      ready={name !== '' && password !== '' && again === password}
      send={async () => {
        const stated = person.trim() === '' ? {} : { person: person.trim() };
        onCreated(
          await call('POST /api/set-up', { body: { token, name: name.trim(), password, ...stated } }),
        );
      }}
    >
      <FormField label={t(ENTRANCE.name)}>
        <Input
          value={name}
          autoComplete="username"
          name="username"
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label={t(ENTRANCE.person)} description={t(ENTRANCE.personHint)}>
        <Input value={person} name="person" onChange={({ detail }) => setPerson(detail.value)} />
      </FormField>
      <FormField label={t(ENTRANCE.password)} description={t(ENTRANCE.passwordHint)}>
        <Input
          value={password}
          type="password"
          name="password"
          autoComplete="new-password"
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
      <FormField label={t(ENTRANCE.passwordAgain)} errorText={different ? t(ENTRANCE.different) : undefined}>
        <Input
          value={again}
          type="password"
          name="again"
          autoComplete="new-password"
          onChange={({ detail }) => setAgain(detail.value)}
        />
      </FormField>
    </Gate>
  );
}

const COMMAND = 'honmaru setup';

/** Nobody can sign in yet, and this address carries no token. */
export function SetUpNeeded() {
  const t = useText();
  return (
    <Gate title={t(ENTRANCE.setUpTitle)} lead={t(ENTRANCE.setUpNeeded)}>
      <p>
        {t(ENTRANCE.setUpHow)} <code>{COMMAND}</code>
      </p>
    </Gate>
  );
}
