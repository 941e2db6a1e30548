import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';
import { GROUPS, PAGES } from './pages.tsx';
import { useLocation } from './router.ts';

interface NavigationProps {
  readonly open: boolean;
  readonly onFollow: () => void;
}

/** The list of pages at the side; on a narrow screen it opens over the page. */
export function Navigation({ open, onFollow }: NavigationProps) {
  const t = useText();
  const { parts } = useLocation();
  const here = parts[0] ?? '';
  return (
    <nav className={open ? 'navigation open' : 'navigation'} aria-label={t(SHELL.navigation)} id="navigation">
      {GROUPS.map((group) => (
        <section key={group.title.en}>
          <h2>{t(group.title)}</h2>
          <ul>
            {group.pages.map((page) => (
              <li key={page}>
                <a href={`/${page}`} aria-current={page === here ? 'page' : undefined} onClick={onFollow}>
                  {t(PAGES.get(page)?.title ?? SHELL.map)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
