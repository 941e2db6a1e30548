import type { HistoryEntry } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { RISK } from '../texts/risk.ts';
import { ASSURANCES } from '../texts/words.ts';

type Sure = Pick<HistoryEntry, 'assurance' | 'signedWith' | 'confirmation'>;

/** How sure it is who did it: signed with what, or confirmed by what and not signed. */
export function AssuranceTag({ of }: { readonly of: Sure }) {
  const t = useText();
  if (!of.assurance) return null;
  const means = meansOf(of);
  return (
    <span className={`assurance ${of.assurance}`} data-assurance={of.assurance}>
      {t(ASSURANCES[of.assurance])}
      {means && ` ${t(means)}`}
    </span>
  );
}

function meansOf({ signedWith, confirmation }: Sure) {
  if (signedWith === 'passkey') return RISK.passkey;
  if (signedWith === 'ssh-key') return RISK.sshKey;
  if (confirmation === 'totp') return RISK.byTotp;
  return confirmation === 'password' ? RISK.byPassword : undefined;
}
