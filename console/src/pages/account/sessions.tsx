import Button from '@cloudscape-design/components/button';
import { call } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSession } from '../../app/session.tsx';
import { showTime } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { ACCOUNT } from '../../texts/account.ts';
import { browserName } from './browser-name.ts';

/** Where somebody is signed in; any of them can be ended. */
export function Sessions() {
  const t = useText();
  const { language } = useLanguage();
  const { ask } = useSession();
  const answer = useAnswer('GET /api/sessions');
  return (
    <Card title={t(ACCOUNT.sessions)} note={t(ACCOUNT.sessionsNote)}>
      <Loaded of={answer}>
        {({ items }) => (
          <SimpleTable
            heads={[
              ACCOUNT.user,
              ACCOUNT.when,
              ACCOUNT.lastSeen,
              ACCOUNT.from,
              ACCOUNT.agent,
              ACCOUNT.devices,
              ACCOUNT.revoke,
            ]}
            rows={items.map((each) => [
              <span key="user">
                {each.user} {each.current && <span className="tag">{t(ACCOUNT.thisOne)}</span>}
              </span>,
              <span key="since" className="even">
                {showTime(each.since, language)}
              </span>,
              <span key="seen" className="even">
                {showTime(each.lastSeen, language)}
              </span>,
              each.address,
              <span key="agent" className="agent" title={each.agent}>
                {browserName(each.agent)}
              </span>,
              t(ACCOUNT[each.mfa === 'none' ? 'noneShort' : each.mfa]),
              <Button
                key="end"
                variant="inline-link"
                ariaLabel={t(ACCOUNT.revokeNamed(browserName(each.agent)))}
                onClick={async () => {
                  await call('DELETE /api/sessions/:id', { parts: { id: each.id } });
                  if (each.current) ask();
                  else answer.again();
                }}
              >
                {t(ACCOUNT.revoke)}
              </Button>,
            ])}
          />
        )}
      </Loaded>
    </Card>
  );
}
