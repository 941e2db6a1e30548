import { type Text, text } from '../../kernel/texts.ts';
import type { AttackPath, Guard, PathStep, Risk } from '../../model/risk.ts';
import { guardName } from '../../report/guard-name.ts';
import { STATE_WORDS } from '../../report/words.ts';
import { pathOpenness } from '../../risk/score.ts';
import type { Answer, Attack, AttackHop } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';

/** Which of the ways that people ask for a rule of the risk method plays. */
const KINDS: Readonly<Record<string, Attack['kind']>> = {
  'inject-db': 'injection',
  'web-exploit': 'injection',
  'static-key': 'stolen-credentials',
  'ssrf-imds': 'stolen-credentials',
  'compute-admin': 'stolen-credentials',
  'role-reads-all': 'stolen-credentials',
  'pw-in-template': 'stolen-credentials',
  'pw-static': 'stolen-credentials',
  'oidc-any': 'stolen-credentials',
  'no-external-id': 'stolen-credentials',
  privesc: 'stolen-credentials',
  'flood-single': 'flood',
  'direct-ip': 'flood',
  'bill-flood': 'flood',
  unpatched: 'unpatched',
};

const MOST_ATTACKS = 200;

/** A way for each risk that has a path, the worst first: hop by hop, with what each safeguard on it does. */
export async function attacksPage(view: View): Promise<Answer<'GET /api/attacks'>> {
  return { revision: view.revision, items: await view.base.memo(attacksOf) };
}

/** A base with the boxes of its map. */
interface Ground {
  readonly base: Base;
  readonly boxes: ReadonlyMap<string, string>;
}

async function attacksOf(base: Base): Promise<readonly Attack[]> {
  const ground = { base, boxes: await base.desk.boxes() };
  return base.assessment.risks
    .filter(({ path, scoring }) => path.length > 0 || scoring.paths.length > 0)
    .slice(0, MOST_ATTACKS)
    .map((risk) => attackOf(ground, risk));
}

function attackOf(ground: Ground, risk: Risk): Attack {
  const { base } = ground;
  const worst = worstPath(risk);
  const hops = worst.steps.map((step) => hopOf(ground, withWatchers(step, risk.seenBy)));
  const blockedAt = hops.findIndex(({ guards }) => guards.some(({ verdict }) => verdict === 'blocks'));
  return {
    id: risk.id,
    kind: KINDS[risk.rule] ?? 'other',
    title: risk.title,
    risk: risk.id,
    decided: worst.decided,
    likelihood: risk.scoring.threatReason,
    hops,
    endsAt: blockedAt < 0 ? hops.length - 1 : blockedAt,
    outcome: outcomeOf(worst, hops),
    seenBy: risk.seenBy.map((guard) => ({
      safeguard: guard.safeguard,
      name: guardName(guard, base.assessment.safeguards),
      place: guard.place,
      state: guard.state,
    })),
    current: risk.current,
    band: risk.band.current,
  };
}

/** A step with what would notice it there: that changes no score, and is told all the same. */
function withWatchers(step: PathStep, seenBy: readonly Guard[]): PathStep {
  const here = seenBy.filter(({ place }) => place === step.resource);
  return here.length === 0 ? step : { ...step, guards: [...step.guards, ...here] };
}

/** The path that gives the current score. */
function worstPath({ scoring, path }: Risk): AttackPath {
  const [first] = scoring.paths.toSorted(
    (one, other) => pathOpenness(other, 'current', 'high') - pathOpenness(one, 'current', 'high'),
  );
  return first ?? { decided: true, steps: path };
}

function outcomeOf(path: AttackPath, hops: readonly AttackHop[]): Attack['outcome'] {
  const verdicts = hops.flatMap(({ guards }) => guards.map(({ verdict }) => verdict));
  if (verdicts.includes('blocks')) return 'blocked';
  if (!path.decided || verdicts.includes('unknown')) return 'undecided';
  return verdicts.includes('hinders') ? 'hindered' : 'reaches';
}

function hopOf({ base, boxes }: Ground, { resource, what, source, guards }: PathStep): AttackHop {
  const box = boxes.get(resource);
  return {
    resource,
    name: plainName(base, resource),
    ...(box !== undefined && { box }),
    what,
    ...(source && { source }),
    guards: guards.map((guard) => guardOnTheWay(base, guard)),
  };
}

function guardOnTheWay(base: Base, guard: Guard): AttackHop['guards'][number] {
  const { safeguard, facet, place, state } = guard;
  const attachment = base.assessment.safeguards
    .find(({ id }) => id === safeguard)
    ?.attachments.find(({ resource }) => resource === place);
  const facetFact = attachment?.facets?.find(({ id }) => id === facet);
  return {
    safeguard,
    name: guardName(guard, base.assessment.safeguards),
    ...(facet !== undefined && { facet }),
    place,
    state,
    verdict: verdictOf(guard),
    why: facetFact?.because ?? attachment?.because ?? stateSentence(guard),
    ...(attachment?.source && { source: attachment.source }),
  };
}

function stateSentence({ state }: Guard): Text {
  const words = STATE_WORDS[state];
  return text(`it is ${words.en} there`, `ここでは${words.ja}`);
}

const VERDICTS = { block: 'blocks', hinder: 'hinders', limit: 'limits', detect: 'sees' } as const;

/** Partial counts as off, as in the score. */
function verdictOf({ state, effect }: Guard): AttackHop['guards'][number]['verdict'] {
  if (state === 'unknown') return 'unknown';
  return state === 'on' ? VERDICTS[effect] : 'nothing';
}
