import type { ClosingEvidenceRow } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { CLOSE } from '../../texts/risk.ts';

/** What shows that a risk can be closed: found by the server, or said by the owner. */
export function EvidenceList({ of }: { readonly of: readonly ClosingEvidenceRow[] }) {
  const t = useText();
  return (
    <ul className="plain">
      {of.map(({ kind, what, says }) => (
        <li key={kind + what} data-evidence={kind}>
          <span className="tag first">{t(CLOSE.kinds[kind])}</span>
          {t(says)}
        </li>
      ))}
    </ul>
  );
}
