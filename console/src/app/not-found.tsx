import { useText } from '../language/language.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { SHELL } from '../texts/shell.ts';

export function NotFound() {
  const t = useText();
  return (
    <PageHead title={t(SHELL.notFound)}>
      <a href="/">{t(SHELL.toMap)}</a>
    </PageHead>
  );
}
