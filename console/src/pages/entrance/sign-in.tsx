import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../language/language.tsx';
import { ENTRANCE } from '../../texts/account.ts';
import { Gate } from './gate.tsx';

/** Name and password of a user of the identity store. */
export function SignIn() {
  const t = useText();
  const { take } = useSession();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Gate
      title={t(ENTRANCE.signInTitle)}
      action={t(ENTRANCE.signIn)}
      ready={name !== '' && password !== ''}
      send={async () => take(await call('POST /api/sign-in', { body: { name: name.trim(), password } }))}
    >
      <FormField label={t(ENTRANCE.name)}>
        <Input
          value={name}
          autoFocus
          autoComplete="username"
          name="username"
          spellcheck={false}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label={t(ENTRANCE.password)}>
        <Input
          value={password}
          type="password"
          autoComplete="current-password"
          name="password"
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
    </Gate>
  );
}
