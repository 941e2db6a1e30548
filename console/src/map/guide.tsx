import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { Attack, EnvironmentMap } from '../../../src/api/contract.ts';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { StateMark, StateShape } from '../parts/state-mark.tsx';
import { ATTACK_KINDS, MAP, OUTCOMES } from '../texts/map.ts';

interface GuideProps {
  readonly map: EnvironmentMap;
  readonly attacks: readonly Attack[];
  readonly only: string | undefined;
  readonly onOnly: (safeguard: string | undefined) => void;
  readonly onFollow: (attack: Attack) => void;
}

const KINDS = ['injection', 'stolen-credentials', 'flood', 'unpatched', 'other'] as const;

/** What stands beside the map while nothing is chosen: the legend, the attacks, the safeguards. */
export function Guide({ map, attacks, only, onOnly, onFollow }: GuideProps) {
  const t = useText();
  return (
    <>
      <p>{t(MAP.guideLead)}</p>
      {attacks.length > 0 && (
        <section>
          <h3>{t(MAP.attacks)}</h3>
          <p className="below">{t(MAP.attacksLead)}</p>
          {KINDS.map((kind) => (
            <AttackGroup
              key={kind}
              kind={kind}
              attacks={attacks.filter((each) => each.kind === kind)}
              onFollow={onFollow}
            />
          ))}
        </section>
      )}
      <section>
        <h3>{t(MAP.safeguards)}</h3>
        <p className="below">{t(MAP.safeguardsLead)}</p>
        <ul className="safeguard-list">
          {map.safeguards.map(({ id, name, state, places }) => (
            <li key={id}>
              <button
                type="button"
                aria-pressed={only === id}
                onClick={() => onOnly(only === id ? undefined : id)}
              >
                <StateShape state={state} />
                <span>{t(name)}</span>
                <span className="below">{t(MAP.places(places))}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t(MAP.legend)}</h3>
        <p className="row">
          {map.legend.map(({ state }) => (
            <StateMark key={state} state={state} />
          ))}
        </p>
        <h3>{t(MAP.lines)}</h3>
        <ul className="line-legend">
          {(['decided', 'undecided'] as const).map((kind) => (
            <li key={kind}>
              <svg viewBox="0 0 44 10" width="44" height="10" aria-hidden="true">
                <path className={`flow ${kind}`} d="M1 5h36" />
                <path className={`arrow ${kind}`} d="M36 1l7 4-7 4z" />
              </svg>
              {t(kind === 'decided' ? MAP.decidedLine : MAP.undecidedLine)}
            </li>
          ))}
        </ul>
      </section>
      {map.offMap.length > 0 && (
        <ExpandableSection
          headerText={`${t(MAP.offMap)} (${map.offMap.length})`}
          headerDescription={t(MAP.offMapNote)}
        >
          <ul className="plain">
            {map.offMap.map(({ id, name, reason }) => (
              <li key={id}>
                <a href={pathOf('resources', id)}>{name}</a> <span className="below">{t(reason)}</span>
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </>
  );
}

interface AttackGroupProps {
  readonly kind: (typeof KINDS)[number];
  readonly attacks: readonly Attack[];
  readonly onFollow: (attack: Attack) => void;
}

function AttackGroup({ kind, attacks, onFollow }: AttackGroupProps) {
  const t = useText();
  if (attacks.length === 0) return null;
  const list = (
    <ul className="attack-list">
      {attacks.map((attack) => (
        <li key={attack.id}>
          <button type="button" onClick={() => onFollow(attack)} data-attack={attack.id}>
            <span>{t(attack.title)}</span>
            <span className="row">
              <BandTag band={attack.band} value={attack.current} />
              <span className={`outcome ${attack.outcome}`}>{t(OUTCOMES[attack.outcome])}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <ExpandableSection
      headerText={`${t(ATTACK_KINDS[kind])} (${attacks.length})`}
      defaultExpanded={kind === 'injection'}
    >
      {list}
    </ExpandableSection>
  );
}
