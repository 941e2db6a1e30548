import type { Fix } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { PerBandTable } from '../../parts/per-band-table.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { FIX } from '../../texts/fix.ts';
import { MAP } from '../../texts/map.ts';
import { plain } from '../find-resource.tsx';

/** The change itself: what it does to the levels, each file's diff, and the command that makes it. */
export function FixFiles({ fix }: { readonly fix: Fix }) {
  const t = useText();
  if (fix.files.length === 0) {
    const waits = fix.changes.some(({ outcome }) => outcome === 'needs');
    return waits ? null : <p>{t(FIX.noFile)}</p>;
  }
  return (
    <>
      <section>
        <h3>{t(FIX.bands)}</h3>
        <PerBandTable
          caption={FIX.bands}
          lines={[
            { title: MAP.before, counts: fix.bands.before },
            { title: FIX.after, counts: fix.bands.after },
          ]}
        />
      </section>
      {fix.newFailing.length > 0 && (
        <section>
          <h3>{t(FIX.newFailing)}</h3>
          <ul>
            {fix.newFailing.map(({ control, resource, because }) => (
              <li key={control + resource}>
                <strong>{control}</strong> {resourceName(resource, plain(resource), t)}: {t(because)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t(FIX.files)}</h3>
        {fix.files.map((file) => (
          <figure key={file.path} className="diff" data-testid="diff">
            <figcaption>
              <code>{file.path}</code>
              {file.isNew && <span className="tag">{t(FIX.newFile)}</span>}
            </figcaption>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <pre tabIndex={0}>
              {file.hunks.map(({ header, lines }) => (
                <span key={header}>
                  <span className="hunk">{`${header}\n`}</span>
                  {lines.map((line, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff have no other name
                    <span key={at} className={KINDS[line[0] ?? ''] ?? ''}>{`${line}\n`}</span>
                  ))}
                </span>
              ))}
            </pre>
          </figure>
        ))}
        <p>
          <CopyButton text={fix.diff} what={t(FIX.diff)} />
        </p>
      </section>
      <section>
        <h3>{t(FIX.command)}</h3>
        <p className="below">{t(FIX.commandNote)}</p>
        <div className="code-box">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre tabIndex={0} data-testid="fix-command">
            {fix.command}
          </pre>
          <CopyButton text={fix.command} />
        </div>
      </section>
    </>
  );
}

const KINDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
