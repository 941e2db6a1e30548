import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n';
import Spinner from '@cloudscape-design/components/spinner';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Language } from '../../../src/api/contract.ts';
import { EventsProvider } from '../api/events.tsx';
import { LanguageProvider, useLanguage, useText } from '../language/language.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { SHELL } from '../texts/shell.ts';
import { StateBanner } from './banner.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { Navigation } from './navigation.tsx';
import { NotFound } from './not-found.tsx';
import { PAGES } from './pages.tsx';
import { followLinks, idIn, type Location, useLocation } from './router.ts';
import { SessionProvider, useSession } from './session.tsx';
import { useTheme } from './theme.ts';
import { TopBar } from './top-bar.tsx';

const EntrancePage = lazy(async () => ({
  default: (await import('../pages/entrance/entrance-page.tsx')).EntrancePage,
}));

type Messages = readonly I18nProviderProps.Messages[];

const MESSAGES: Readonly<Record<Language, () => Promise<{ default: unknown }>>> = {
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
  ja: () => import('@cloudscape-design/components/i18n/messages/all.ja'),
};

/** The whole console. */
export function App() {
  return (
    <LanguageProvider>
      <ComponentWords>
        <SessionProvider>
          <Frame />
        </SessionProvider>
      </ComponentWords>
    </LanguageProvider>
  );
}

/** Gives the component library its words in the chosen language. */
function ComponentWords({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage();
  const [messages, setMessages] = useState<Messages>([]);
  useEffect(() => {
    let current = true;
    MESSAGES[language]().then((loaded) => {
      if (current) setMessages([loaded.default as I18nProviderProps.Messages]);
    });
    return () => {
      current = false;
    };
  }, [language]);
  return (
    <I18nProvider locale={language} messages={messages}>
      {children}
    </I18nProvider>
  );
}

function Frame() {
  const t = useText();
  const [theme, setTheme] = useTheme();
  const { session, problem, ask } = useSession();
  useEffect(() => {
    document.addEventListener('click', followLinks);
    return () => document.removeEventListener('click', followLinks);
  }, []);
  if (problem) return <ProblemBox problem={problem} onRetry={ask} />;
  if (!session) return <Waiting />;
  if (session.state !== 'signed-in') {
    return (
      <>
        <TopBar theme={theme} onTheme={setTheme} />
        <main className="entrance" id="content">
          <Suspense fallback={<Waiting />}>
            <EntrancePage />
          </Suspense>
        </main>
      </>
    );
  }
  return (
    <EventsProvider onSignedOut={ask}>
      <a className="skip" href="#content">
        {t(SHELL.skip)}
      </a>
      <Inside theme={theme} onTheme={setTheme} />
    </EventsProvider>
  );
}

type Themed = Pick<Parameters<typeof TopBar>[0], 'theme' | 'onTheme'>;

function Inside({ theme, onTheme }: Themed) {
  const t = useText();
  const here = useLocation();
  const { parts } = here;
  const [menuOpen, setMenuOpen] = useState(false);
  const page = PAGES.get(parts[0] ?? '');
  useEffect(() => {
    document.title = `${page ? t(page.title) : t(SHELL.notFound)} – ${t(SHELL.product)}`;
  });
  return (
    <>
      <TopBar
        theme={theme}
        onTheme={onTheme}
        menu={{ open: menuOpen, toggle: () => setMenuOpen(!menuOpen) }}
      />
      <div className="frame">
        <Navigation open={menuOpen} onFollow={() => setMenuOpen(false)} />
        <main id="content" tabIndex={-1} className={parts.length === 0 ? 'whole' : ''}>
          <StateBanner />
          <FaultBoundary page={here.path}>
            <Suspense fallback={<Waiting />}>{contentOf(page, here)}</Suspense>
          </FaultBoundary>
        </main>
      </div>
    </>
  );
}

function contentOf(page: ReturnType<typeof PAGES.get>, here: Location): ReactNode {
  const { length } = here.parts;
  if (!page || length > 2) return <NotFound />;
  if (length < 2) return page.show();
  const id = idIn(here);
  return (id !== undefined && page.one?.(id)) || <NotFound />;
}

function Waiting() {
  const t = useText();
  return (
    <div className="waiting" role="status">
      <Spinner size="large" />
      <span className="unseen">{t(SHELL.loading)}</span>
    </div>
  );
}
