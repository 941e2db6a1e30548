import type { Fix, FixChange } from '../../../../src/api/contract.ts';
import { showNumber } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PlaceText } from '../../parts/place-link.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { FIX, FIX_OUTCOMES } from '../../texts/fix.ts';

interface FixChangeProps {
  readonly change: FixChange;
  readonly fix: Fix;
}

/** All that is said about one change before it is made. */
export function FixChangeText({ change, fix }: FixChangeProps) {
  const t = useText();
  return (
    <section className="fix-change" data-outcome={change.outcome}>
      <p>
        <span className={`fix-outcome ${change.outcome}`}>{t(FIX_OUTCOMES[change.outcome])}</span>{' '}
        {t(change.summary)}
      </p>
      {change.reason && (
        <p className="note">
          {t(change.reason)} <PlaceText place={change.where} />
        </p>
      )}
      <Facts
        facts={[
          { label: t(FIX.cost), value: <Cost change={change} fix={fix} /> },
          { label: t(FIX.deploy), value: <Deploy change={change} /> },
          { label: t(FIX.undo), value: t(change.undo) },
        ]}
      />
      {change.first.length > 0 && (
        <>
          <h3>{t(FIX.first)}</h3>
          <ul>
            {change.first.map((each) => (
              <li key={each.en}>{t(each)}</li>
            ))}
          </ul>
        </>
      )}
      {change.commands.length > 0 && (
        <>
          <h3>{t(FIX.commands)}</h3>
          <Commands of={change.commands} />
        </>
      )}
      {change.runbook.length > 0 && (
        <>
          <h3>{t(FIX.runbook)}</h3>
          <ol className="runbook">
            {change.runbook.map(({ title, notes, commands }) => (
              <li key={title.en}>
                <strong>{t(title)}</strong>
                {notes.map((note) => (
                  <p key={note.en}>{t(note)}</p>
                ))}
                {commands.length > 0 && <Commands of={commands} />}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Cost({ change: { price, dollars }, fix: { prices } }: FixChangeProps) {
  const t = useText();
  const { language } = useLanguage();
  if (!price) return <>{dollars === 0 ? t(FIX.freeOfCharge) : showNumber(dollars, language)}</>;
  const [low, typical, high] = [price.low, price.typical, price.high].map((each) =>
    showNumber(each, language),
  );
  const free = price.high === 0;
  return (
    <>
      <div>
        {t(free ? FIX.freeOfCharge : FIX.amount(typical ?? '', low ?? '', high ?? '', prices.currency))}
      </div>
      <div className="below">
        {t(price.assumption)}
        <br />
        {t(FIX.priceList(prices.region, prices.date))}
        {!price.verified && !free && <span className="tag">{t(FIX.unverified)}</span>}
      </div>
    </>
  );
}

function Deploy({ change: { deploy } }: { readonly change: FixChange }) {
  const t = useText();
  if (deploy.length === 0) return <>{t(FIX.quiet)}</>;
  return (
    <ul className="plain">
      {deploy.map(({ resource, name, property, effect, why, stateful }) => (
        <li key={resource + property + effect}>
          <strong>{resourceName(resource, name, t)}</strong> {t(FIX.effects[effect])}
          {stateful && <span className="tag call">{t(FIX.stateful)}</span>}
          <div className="below">
            {property}: {t(why)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Commands({ of }: { readonly of: readonly string[] }) {
  const text = of.join('\n');
  return (
    <div className="code-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} />
    </div>
  );
}
