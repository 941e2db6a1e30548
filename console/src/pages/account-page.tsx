import type { Answer } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useUser } from '../app/session.tsx';
import { useText } from '../language/language.tsx';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { ACCOUNT } from '../texts/account.ts';
import { SHELL } from '../texts/shell.ts';
import { LIST_SEPARATOR } from '../texts/words.ts';
import { Devices } from './account/devices.tsx';
import { PasswordForm } from './account/password-form.tsx';
import { People } from './account/people.tsx';
import { Sessions } from './account/sessions.tsx';

/** My account: second factors, sessions, password; for administrators, who stands for whom. */
export function AccountPage() {
  const t = useText();
  const user = useUser();
  const answer = useAnswer('GET /api/me');
  return (
    <>
      <PageHead title={t(SHELL.account)} />
      <Loaded of={answer}>
        {(account) => (
          <div className="stack">
            <About account={account} />
            <Devices devices={account.devices} onChange={answer.again} />
            <Sessions />
            <PasswordForm />
            {user.permissions.administer && <People />}
          </div>
        )}
      </Loaded>
    </>
  );
}

/** The name at the end of a policy's ARN. */
function policyName(policy: string): string {
  return policy.slice(policy.lastIndexOf('/') + 1);
}

function About({ account }: { readonly account: Answer<'GET /api/me'> }) {
  const t = useText();
  const { user, groups, policies } = account;
  return (
    <Card title={user.name} note={<code>{user.arn}</code>}>
      <Facts
        facts={[
          {
            label: t(ACCOUNT.person),
            value: `${user.person}${user.owner ? ` (${t(SHELL.owner)})` : ''}`,
          },
          { label: t(ACCOUNT.session), value: t(ACCOUNT[user.mfa]) },
          { label: t(ACCOUNT.groups), value: groups.join(t(LIST_SEPARATOR)) || '–' },
          { label: t(ACCOUNT.policies), value: policies.map(policyName).join(t(LIST_SEPARATOR)) || '–' },
        ]}
      />
    </Card>
  );
}
