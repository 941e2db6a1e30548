import Alert from '@cloudscape-design/components/alert';
import { useEvents } from '../api/events.tsx';
import { showPlace } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';
import { pathOf } from './router.ts';

/** What any page has to say: keys that cannot be used, a file that cannot be read, a server that does not answer. */
export function StateBanner() {
  const t = useText();
  const { banner, warnings, seal, connected } = useEvents();
  const where = banner?.place && showPlace(banner.place);
  return (
    <div aria-live="polite">
      {seal && (
        <div className="banner" data-testid="seal">
          <Alert type="error" header={t(seal.kind === 'sealed' ? SHELL.sealedTitle : SHELL.unreachableTitle)}>
            {t(seal.message)} {seal.command !== undefined && <code>{seal.command}</code>}
          </Alert>
        </div>
      )}
      {warnings.map(({ risk, message }) => (
        <div className="banner" data-testid="warning" key={risk}>
          <Alert type="error" header={t(SHELL.keyLostTitle)}>
            {t(message)} <a href={pathOf('risks', risk)}>{t(SHELL.see)}</a>
          </Alert>
        </div>
      ))}
      {banner && (
        <div className="banner" data-testid="banner">
          <Alert type="warning" header={t(banner.kind === 'gone' ? SHELL.goneTitle : SHELL.brokenTitle)}>
            {where && !t(banner.message).includes(where) && <code className="place">{where} </code>}
            {t(banner.message)}
          </Alert>
        </div>
      )}
      {!connected && (
        <div className="banner">
          <Alert type="warning">{t(SHELL.offline)}</Alert>
        </div>
      )}
    </div>
  );
}
