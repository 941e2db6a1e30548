import type { Patch } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';
import { CopyButton } from './copy-button.tsx';

/** How a safeguard is put on: what must be known first, and each changed file. */
export function PatchText({ patch }: { readonly patch: Patch }) {
  const t = useText();
  return (
    <div className="patch">
      <p>{t(patch.summary)}</p>
      {patch.needs.length > 0 && (
        <>
          <h4>{t(MAP.needs)}</h4>
          <ul>
            {patch.needs.map((need) => (
              <li key={need.en}>{t(need)}</li>
            ))}
          </ul>
        </>
      )}
      {patch.parts.map(({ where, format, code }) => {
        const title = where ? t(where) : t(MAP.patchFormats[format]);
        return (
          <figure key={code}>
            <figcaption>
              <span>{title}</span>
              <CopyButton text={code} />
            </figcaption>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <pre tabIndex={0}>{code}</pre>
          </figure>
        );
      })}
    </div>
  );
}
