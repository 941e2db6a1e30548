import { call } from '../api/call.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { LANGUAGE_NAMES } from '../language/names.ts';
import { SHELL } from '../texts/shell.ts';
import { Crest } from './crest.tsx';
import { useSession } from './session.tsx';
import type { Theme } from './theme.ts';

interface TopBarProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  /** Given where there is a navigation to open. */
  readonly menu?: { readonly open: boolean; readonly toggle: () => void };
}

/** The bar at the top: whose environment this is, the language, the appearance, who is signed in. */
export function TopBar({ theme, onTheme, menu }: TopBarProps) {
  const t = useText();
  const { language, choose } = useLanguage();
  const { session, take } = useSession();
  const other = language === 'en' ? 'ja' : 'en';
  const user = session?.user;
  return (
    <header className="top-bar">
      {menu && (
        <button
          type="button"
          className="menu-button"
          aria-label={t(menu.open ? SHELL.closeMenu : SHELL.openMenu)}
          aria-expanded={menu.open}
          aria-controls="navigation"
          onClick={menu.toggle}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M1 3h14M1 8h14M1 13h14" />
          </svg>
        </button>
      )}
      <a className="brand" href="/">
        <Crest />
        <span>{t(SHELL.product)}</span>
      </a>
      {session?.environment && <span className="environment">{session.environment.name}</span>}
      <span className="spring" />
      <button
        type="button"
        className="bar-button"
        lang={other}
        onClick={() => choose(other)}
        data-testid="language"
      >
        {LANGUAGE_NAMES[other]}
      </button>
      <button
        type="button"
        className="bar-button"
        aria-label={t(theme === 'dark' ? SHELL.toLight : SHELL.toDark)}
        title={t(theme === 'dark' ? SHELL.toLight : SHELL.toDark)}
        onClick={() => onTheme(theme === 'dark' ? 'light' : 'dark')}
        data-testid="theme"
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" />
          <path className="half" d="M8 2a6 6 0 0 1 0 12z" />
        </svg>
      </button>
      {user && (
        <>
          <a className="bar-button person" href="/account">
            {user.person}
            {user.owner && <span className="role">{t(SHELL.owner)}</span>}
          </a>
          <button
            type="button"
            className="bar-button"
            onClick={async () => take(await call('POST /api/sign-out'))}
            data-testid="sign-out"
          >
            {t(SHELL.signOut)}
          </button>
        </>
      )}
    </header>
  );
}
