import { type Text, text, verbatim } from '../kernel/texts.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';

/** Parts of a safeguard that only a risk knows of; the others are named by the safeguard itself. */
const OF_RISKS: Readonly<Record<string, Text>> = {
  'secrets-manager:application-user': text(
    'a user of its own for the application',
    'アプリケーション専用のユーザー',
  ),
  'network-least-privilege:exposure': text('closed to the internet', 'インターネットに対して閉じる'),
  'backup:replacement': text('kept when it is replaced', '置き換え時の保持'),
  'kms:usable': text('a key that opens its data', 'データを復号できる状態の鍵'),
};

/** What people call a part of a safeguard. */
export function facetName(safeguard: string, facet: string): Text {
  const own = OF_RISKS[`${safeguard}:${facet}`];
  if (own) return own;
  const definition = SAFEGUARDS.find((each) => each.id === safeguard);
  return definition?.facets?.find((each) => each.id === facet)?.name ?? verbatim(facet);
}
