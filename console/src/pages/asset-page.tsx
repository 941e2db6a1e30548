import type { AssetDetail } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { showInterval } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { ASSET } from '../texts/lists.ts';
import { say } from '../texts/say.ts';
import { SHELL } from '../texts/shell.ts';
import { ASSET_KINDS } from '../texts/words.ts';

/** One asset: its classes, its manager, and who can reach it by which way. */
export function AssetPage({ id }: { readonly id: string }) {
  const t = useText();
  const answer = useAnswer('GET /api/assets/:id', { parts: { id } });
  return (
    <Loaded of={answer}>
      {(asset) => (
        <>
          <PageHead
            above={<a href="/assets">{`← ${t(ASSET.back)}`}</a>}
            title={resourceName(asset.id, asset.name, t)}
          />
          <div className="stack">
            <About asset={asset} />
            <Card title={t(ASSET.whoReaches)} note={t(asset.reachedFrom)}>
              <div className="columns">
                <Principals asset={asset} />
                <Network asset={asset} />
              </div>
            </Card>
            <Card title={t(ASSET.openRisks)}>
              <ul className="plain">
                {asset.reachedBy.map((risk) => (
                  <li key={risk.id}>
                    <BandTag band={risk.band} /> <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a>
                  </li>
                ))}
              </ul>
              {asset.reachedBy.length === 0 && <p>{t(SHELL.none)}</p>}
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}

function About({ asset }: { readonly asset: AssetDetail }) {
  const t = useText();
  const undeclared = t(ASSET.undeclared);
  return (
    <Card title={t(ASSET.about)}>
      <Facts
        facts={[
          { label: t(ASSET.kind), value: t(ASSET_KINDS[asset.kind] ?? say(asset.kind, asset.kind)) },
          { label: t(ASSET.confidentiality), value: showInterval(asset.confidentiality) },
          { label: t(ASSET.integrity), value: showInterval(asset.integrity) },
          { label: t(ASSET.availability), value: showInterval(asset.availability) },
          {
            label: t(ASSET.importance),
            value: (
              <>
                {showInterval(asset.importance)}
                {asset.assumed && <span className="tag">{t(ASSET.assumed)}</span>}
              </>
            ),
          },
          { label: t(ASSET.manager), value: asset.manager ?? undeclared },
          ...(asset.owner ? [{ label: t(ASSET.owner), value: asset.owner }] : []),
          { label: t(ASSET.holds), value: asset.holds ?? undeclared },
          ...(asset.location ? [{ label: t(ASSET.location), value: asset.location }] : []),
          ...(asset.source
            ? [
                {
                  label: asset.byHand ? t(ASSET.byHand) : asset.type,
                  value: <PlaceText place={asset.source} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Principals({ asset }: { readonly asset: AssetDetail }) {
  const t = useText();
  return (
    <section>
      <h3>{t(ASSET.principals)}</h3>
      {asset.principals.length === 0 && <p>{t(ASSET.noPrincipals)}</p>}
      <ul className="plain">
        {asset.principals.map(({ id, name, may, decided }) => (
          <li key={id + may.en}>
            {id === '*' ? (
              <strong>{t(ASSET.anybody)}</strong>
            ) : (
              <a href={pathOf('resources', id)}>{resourceName(id, name, t)}</a>
            )}
            {!decided && <span className="tag">{t(ASSET.undecided)}</span>}
            <div className="below">{t(may)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Network({ asset }: { readonly asset: AssetDetail }) {
  const t = useText();
  return (
    <section>
      <h3>{t(ASSET.network)}</h3>
      {asset.network.length === 0 && <p>{t(ASSET.noNetwork)}</p>}
      <ul className="plain">
        {asset.network.map(({ decided, through }) => (
          <li key={through.map(({ id }) => id).join()}>
            <span className="trail">
              {through.map(({ id, name }) => (
                <span key={id}>{resourceName(id, name, t)}</span>
              ))}
            </span>
            {!decided && <span className="tag">{t(ASSET.undecided)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
