import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { Attack, EnvironmentMap, Switch } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { go, useLocation } from '../app/router.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { useAsideFocus } from '../map/aside-focus.ts';
import { AttackPlayer } from '../map/attack-player.tsx';
import { FindResource, plain } from '../map/find-resource.tsx';
import { flatBoxes } from '../map/flat-boxes.ts';
import { drawnGeometry } from '../map/geometry.ts';
import { Guide } from '../map/guide.tsx';
import { MapList } from '../map/map-list.tsx';
import { SafeguardPanel } from '../map/safeguard-panel.tsx';
import type { Shown, Spot } from '../map/shown.ts';
import { WhatIfResult } from '../map/what-if-result.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ViewSwitch } from '../parts/view-switch.tsx';
import { MAP } from '../texts/map.ts';
import { SHELL } from '../texts/shell.ts';
import '../styles/map-page.css';

const Canvas = lazy(async () => ({ default: (await import('../map/canvas.tsx')).Canvas }));

/** The environment as a picture, with every safeguard where it attaches. */
export function MapPage() {
  const { language } = useLanguage();
  const answer = useAnswer('GET /api/map', { query: { lang: language } });
  useEffect(() => {
    window.honmaruMap = drawnGeometry;
    return () => {
      window.honmaruMap = undefined;
    };
  }, []);
  return <Loaded of={answer}>{(map) => <Picture map={map} />}</Loaded>;
}

function Picture({ map }: { readonly map: EnvironmentMap }) {
  const t = useText();
  const { search } = useLocation();
  const given = new URLSearchParams(search);
  const asList = given.get('view') === 'list';
  const attacks = useAnswer('GET /api/attacks').data?.items ?? [];
  const [only, setOnly] = useState<string>();
  const [hop, setHop] = useState(0);
  const [switches, setSwitches] = useState<readonly Switch[]>([]);

  const [safeguard, place, attackId] = ['safeguard', 'place', 'attack'].map((name) => given.get(name) ?? '');
  const resource = given.get('box') ?? undefined;
  const attack = attackId ? attackOf(attacks, attackId) : undefined;
  const shown: Shown = useMemo(
    () => ({
      switches,
      ...(only ? { only } : {}),
      ...(safeguard && place ? { spot: { safeguard, place } } : {}),
      ...(attack ? { following: { attack, hop: Math.min(hop, attack.hops.length - 1) } } : {}),
      ...(resource ? { resource } : safeguard && place ? { resource: place } : {}),
    }),
    [switches, only, safeguard, place, attack, hop, resource],
  );

  const aside = useAsideFocus(shown.spot ? `${safeguard} ${place}` : (attack?.id ?? ''));
  const openSpot = useCallback(
    (spot: Spot) => change({ safeguard: spot.safeguard, place: spot.place, box: undefined }),
    [],
  );
  const changeHop = useCallback((next: number) => setHop(next), []);
  return (
    <div className="map-page">
      <div className="map-main">
        <div className="map-bar">
          <h1>{t(SHELL.map)}</h1>
          <ViewSwitch
            label={MAP.view}
            views={[
              { href: withView(search, undefined), title: MAP.picture, here: !asList },
              { href: withView(search, 'list'), title: MAP.list, here: asList },
            ]}
          />
          <FindResource map={map} onFind={(found) => change({ box: found })} />
          <span className="below map-hint">{t(MAP.canvasHint)}</span>
        </div>
        {map.problems.length > 0 && (
          <p className="note" role="alert">
            {t(MAP.problems)}: {map.problems.map(({ box, problem }) => `${box} ${problem}`).join('; ')}
          </p>
        )}
        {asList ? (
          <MapList map={map} onBadge={openSpot} />
        ) : (
          <Suspense fallback={<div className="map-canvas" />}>
            <Canvas map={map} shown={shown} onBadge={openSpot} />
          </Suspense>
        )}
      </div>
      <aside className="map-aside" aria-label={t(MAP.aside)} ref={aside} tabIndex={-1}>
        {(shown.spot || attack) && (
          <Button
            variant="inline-link"
            iconName="angle-left"
            onClick={() => change(shown.spot ? CLOSE_SPOT : { attack: undefined, box: undefined })}
            data-testid="aside-back"
          >
            {t(MAP.back)}
          </Button>
        )}
        {switches.length > 0 && <WhatIfResult switches={switches} onClear={() => setSwitches([])} />}
        {shown.spot ? (
          <SafeguardPanel
            key={`${safeguard} ${place}`}
            spot={shown.spot}
            places={placesOf(map, shown.spot)}
            nameOfPlace={plain}
            switches={switches}
            onSpot={openSpot}
            onSwitch={(next) => setSwitches(replaced(switches, shown.spot, next))}
          />
        ) : shown.following ? (
          <AttackPlayer following={shown.following} onHop={changeHop} onBadge={openSpot} />
        ) : (
          <Guide
            map={map}
            attacks={attacks}
            only={only}
            onOnly={setOnly}
            onFollow={(chosen) => {
              setHop(0);
              change({ attack: chosen.id, box: undefined });
            }}
          />
        )}
      </aside>
    </div>
  );
}

const CLOSE_SPOT = { safeguard: undefined, place: undefined };

/** Changes what the page's address says of the map. */
function change(parts: Readonly<Record<string, string | undefined>>): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined) search.delete(name);
    else search.set(name, value);
  }
  go(search.size > 0 ? `/?${search}` : '/', { replace: true });
}

function withView(search: string, view: string | undefined): string {
  const next = new URLSearchParams(search);
  if (view) next.set('view', view);
  else next.delete('view');
  return next.size > 0 ? `/?${next}` : '/';
}

/** An attack by its own id, or the first way of a risk. */
function attackOf(attacks: readonly Attack[], id: string): Attack | undefined {
  return attacks.find((each) => each.id === id) ?? attacks.find((each) => each.risk === id);
}

/** The places that the mark stands for on which a safeguard was chosen. */
function placesOf(map: EnvironmentMap, { safeguard, place }: Spot): readonly string[] {
  for (const { box } of flatBoxes(map.boxes, new Set())) {
    const badge = box.badges.find((each) => each.safeguard === safeguard && each.places.includes(place));
    if (badge) return badge.places;
  }
  return [place];
}

function replaced(
  switches: readonly Switch[],
  spot: Spot | undefined,
  next: Switch | undefined,
): readonly Switch[] {
  const others = switches.filter((each) => each.safeguard !== spot?.safeguard || each.place !== spot.place);
  return next ? [...others, next] : others;
}
