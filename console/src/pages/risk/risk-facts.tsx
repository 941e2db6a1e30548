import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { RiskDetail, Text } from '../../../../src/api/contract.ts';
import { pathOf } from '../../app/router.ts';
import { showInterval } from '../../language/format.ts';
import { useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PlaceText } from '../../parts/place-link.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { CLOSE, RISK } from '../../texts/risk.ts';
import { SHELL } from '../../texts/shell.ts';
import { LIST_SEPARATOR, PRICES, RESPONSES } from '../../texts/words.ts';
import { EvidenceList } from './evidence-list.tsx';
import { GuardList, WaySteps } from './way-steps.tsx';

/** All that a risk rests on: statement, score, ways, what lowers it, evidence. */
export function RiskFacts({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  return (
    <div className="stack">
      <div className="columns">
        <Card title={t(RISK.statement)}>
          <Facts
            facts={[
              { label: t(RISK.cause), value: t(risk.statement.cause) },
              { label: t(RISK.event), value: t(risk.statement.event) },
              { label: t(RISK.effect), value: t(risk.statement.effect) },
            ]}
          />
        </Card>
        <Card title={t(RISK.score)} note={t(SHELL.modelNote)}>
          <Score risk={risk} />
        </Card>
      </div>
      <Card title={t(RISK.path)} note={t(RISK.pathNote)}>
        <WaySteps steps={risk.path} />
        {risk.paths.length > 1 && <AllWays risk={risk} />}
      </Card>
      <div className="columns">
        <Card title={t(RISK.proposal)}>
          <p>
            <strong>{t(RESPONSES[risk.proposal.response])}</strong> {t(risk.proposal.reason)}
          </p>
          <PlacedList placed={risk.proposal.safeguards} />
          {risk.proposal.price && <p className="below">{t(PRICES[risk.proposal.price])}</p>}
        </Card>
        <Card title={t(RISK.lowering)} note={t(RISK.loweringNote)}>
          {risk.lowering.length === 0 && <p>{t(SHELL.none)}</p>}
          <ol className="sets">
            {risk.lowering.map((set) => (
              <li key={set.map(({ id, place, facet }) => `${id}${place}${facet ?? ''}`).join()}>
                <PlacedList placed={set} />
              </li>
            ))}
          </ol>
        </Card>
      </div>
      <div className="columns">
        <Card title={t(RISK.reachedAssets)}>
          <ul className="plain">
            {risk.reached.map(({ id, name, importance, assumed }) => (
              <li key={id}>
                <a href={pathOf('assets', id)}>{resourceName(id, name, t)}</a> {showInterval(importance)}
                {assumed && <span className="tag">{t(RISK.assumed)}</span>}
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t(RISK.seenBy)} note={t(RISK.seenByNote)}>
          {risk.seenBy.length === 0 ? <p>{t(SHELL.none)}</p> : <GuardList guards={risk.seenBy} />}
        </Card>
      </div>
      <ClosingCard risk={risk} />
      <Card title={t(RISK.evidence)}>
        <ul className="plain">
          {risk.evidence.map(({ kind, id, because, source }) => (
            <li key={kind + id + because.en}>
              {t(because)} <PlaceText place={source} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

/** Whether the facts show that it is over, and what is missing. */
function ClosingCard({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  const { closing, standing } = risk;
  if (standing.status === 'closed') return null;
  return (
    <Card title={t(CLOSE.section)}>
      <div data-testid="closing">
        {closing.notYet ? (
          <p>
            {t(CLOSE.notYet)}: {t(closing.notYet)}
          </p>
        ) : (
          <p>{t(closing.needsWord ? CLOSE.needsWord : CLOSE.ready)}</p>
        )}
        <EvidenceList of={closing.evidence} />
      </div>
    </Card>
  );
}

function Score({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  return (
    <Facts
      facts={[
        {
          label: t(RISK.inherent),
          value: <BandTag band={risk.band.inherent} value={risk.inherent} />,
        },
        { label: t(RISK.current), value: <BandTag band={risk.band.current} value={risk.current} /> },
        { label: t(RISK.target), value: <BandTag band={risk.band.target} value={risk.target} /> },
        { label: t(RISK.importance), value: showInterval(risk.importance) },
        { label: t(RISK.likelihood), value: showInterval(risk.likelihood) },
        { label: t(RISK.threat), value: `${showInterval(risk.threat.value)}: ${t(risk.threat.reason)}` },
      ]}
    />
  );
}

function AllWays({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  return (
    <ExpandableSection headerText={t(RISK.otherPaths(risk.paths.length))}>
      {risk.paths.map(({ decided, undecided, steps }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ways have no other name
        <section key={at} className="way">
          <h3>
            {t(RISK.wayNumber(at + 1))} {!decided && <span className="tag">{t(RISK.undecidedWay)}</span>}
          </h3>
          {undecided.length > 0 && <p>{t(SHELL.undecidedBy(undecided.join(t(LIST_SEPARATOR))))}</p>}
          <WaySteps steps={steps} />
        </section>
      ))}
    </ExpandableSection>
  );
}

interface Placed {
  readonly id: string;
  readonly place: string;
  readonly facet?: string | undefined;
  readonly name: Text;
  readonly placeName: string;
}

function PlacedList({ placed }: { readonly placed: readonly Placed[] }) {
  const t = useText();
  return (
    <ul className="plain">
      {placed.map(({ id, place, facet, name, placeName }) => (
        <li key={id + place + (facet ?? '')}>
          <a href={`/?safeguard=${encodeURIComponent(id)}&place=${encodeURIComponent(place)}`}>{t(name)}</a>
          <span className="at"> @ {resourceName(place, placeName, t)}</span>
        </li>
      ))}
    </ul>
  );
}
