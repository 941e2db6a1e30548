import type { Text } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';

interface ViewSwitchProps {
  readonly label: Text;
  readonly views: readonly { readonly href: string; readonly title: Text; readonly here: boolean }[];
}

/** Links between views of one thing, in one frame. */
export function ViewSwitch({ label, views }: ViewSwitchProps) {
  const t = useText();
  return (
    <nav className="view-switch" aria-label={t(label)}>
      {views.map(({ href, title, here }) => (
        <a key={href} href={href} aria-current={here ? 'page' : undefined}>
          {t(title)}
        </a>
      ))}
    </nav>
  );
}
