import { shownRisk } from '../../decisions/entry.ts';
import { openProposal } from '../../decisions/life.ts';
import { samePerson } from '../../decisions/person.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Guard, PathStep, PlacedSafeguard } from '../../model/risk.ts';
import { guardName } from '../../report/guard-name.ts';
import { loweringOf } from '../../risk/cut.ts';
import type { RiskDetail, RiskGuard, RiskStep } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { endings } from './closing.ts';
import { historyOf, riskNamed, rowOf } from './risk-rows.ts';
import { isOwner, type Visitor } from './visitor.ts';

const MOST_PATHS = 20;

/** One risk with its evidence; undefined when there is none of this id. */
export function riskDetail(view: View, id: string, visitor: Visitor, now: Date): RiskDetail | undefined {
  const found = riskNamed(view, id);
  if (!found) return undefined;
  const { risk, gone } = found;
  const { base } = view;
  const { hash, fingerprint } = shownRisk(risk);
  const cannotPropose = whyNotPropose(visitor, gone);
  const cannotDecide = whyNotDecide(view, id, visitor, fingerprint);
  return {
    ...rowOf(view, risk, visitor, gone),
    revision: view.revision,
    statement: risk.statement,
    threat: { value: risk.scoring.threat, reason: risk.scoring.threatReason },
    reached: risk.assets.map(({ resource, importance, assumed }) => ({
      id: resource,
      name: plainName(base, resource),
      importance,
      assumed,
    })),
    path: risk.path.map((step) => shownStep(base, step)),
    paths: risk.scoring.paths.slice(0, MOST_PATHS).map(({ decided, undecided = [], steps }) => ({
      decided,
      undecided,
      steps: steps.map((step) => shownStep(base, step)),
    })),
    cut: (risk.cut ?? []).map((guard) => shownGuard(base, guard)),
    seenBy: risk.seenBy.map((guard) => shownGuard(base, guard)),
    limits: risk.scoring.limits.map((guard) => shownGuard(base, guard)),
    lowering: (risk.lowering ?? loweringOf(risk.scoring)).map((set) =>
      set.map((each) => namedPlace(base, each)),
    ),
    proposal: {
      response: risk.proposal.response,
      reason: risk.proposal.reason,
      ...(risk.proposal.price && { price: risk.proposal.price }),
      safeguards: risk.proposal.safeguards.map((each) => namedPlace(base, each)),
    },
    evidence: risk.evidence,
    shown: { hash, fingerprint },
    ...(view.roots.owner !== undefined && { owner: view.roots.owner }),
    ...(cannotDecide && { cannotDecide }),
    ...(cannotPropose && { cannotPropose }),
    ...endings(view, found, visitor, now),
  };
}

function shownGuard(base: Base, guard: Guard): RiskGuard {
  const { safeguard, facet, place, effect, state, proposed } = guard;
  return {
    safeguard,
    name: guardName(guard, base.assessment.safeguards),
    ...(facet !== undefined && { facet }),
    place,
    placeName: plainName(base, place),
    effect,
    state,
    proposed,
  };
}

function shownStep(base: Base, { resource, what, source, guards }: PathStep): RiskStep {
  return {
    resource,
    name: plainName(base, resource),
    what,
    ...(source && { source }),
    guards: guards.map((guard) => shownGuard(base, guard)),
  };
}

export function namedPlace(base: Base, { id, place, facet }: PlacedSafeguard) {
  const named = { safeguard: id, ...(facet === undefined ? {} : { facet }) };
  return {
    id,
    place,
    ...(facet === undefined ? {} : { facet }),
    name: guardName(named, base.assessment.safeguards),
    placeName: plainName(base, place),
  };
}

function whyNotPropose({ mayPropose }: Visitor, gone: boolean): Text | undefined {
  if (gone) return text('the environment has this risk no more', '環境にこのリスクはもうありません');
  return mayPropose ? undefined : text('your policies do not let you propose', '提案する権限がありません');
}

/** Why somebody cannot decide about a risk now, in the order in which it can be mended. */
function whyNotDecide(view: View, id: string, visitor: Visitor, fingerprint: string): Text | undefined {
  const open = openProposal(historyOf(view, id));
  if (!open) return text('nothing is proposed', '提案がありません');
  if (!visitor.mayDecide) return text('your policies do not let you decide', '決定する権限がありません');
  const { owner, alone } = view.roots;
  if (owner === undefined) {
    return text('honmaru.yaml names no owner', 'honmaru.yaml に事業責任者(owner)がありません');
  }
  if (!isOwner(view, visitor.person)) {
    return text(`only the owner decides: ${owner}`, `決定できるのは事業責任者だけです:${owner}`);
  }
  if (samePerson(open.by, visitor.person) && !alone) {
    return text('whoever proposed cannot approve', '提案した本人は承認できません');
  }
  if (open.shown.fingerprint !== fingerprint) {
    return text('the facts changed since the proposal', '提案の後に事実が変わりました');
  }
  return visitor.mfa === 'none'
    ? text('deciding needs a second factor in this session', '決定には多要素認証が必要です')
    : undefined;
}
