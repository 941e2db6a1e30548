import { assetClasses } from '../../decisions/asset-class.ts';
import { closingFacts } from '../../decisions/closing.ts';
import { isClosed, openProposal } from '../../decisions/life.ts';
import { samePerson } from '../../decisions/person.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text, verbatim } from '../../kernel/texts.ts';
import type { ClosingEvidence } from '../../model/decision.ts';
import type { Risk } from '../../model/risk.ts';
import { guardName } from '../../report/guard-name.ts';
import type { AssetClass, Closing, RiskDetail } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { historyOf } from './risk-rows.ts';
import { isOwner, type Visitor } from './visitor.ts';

/** A risk as a page shows it. */
interface Shown {
  readonly risk: Risk;
  readonly gone: boolean;
}

/** What else than deciding can be done about a risk, and why not, for one person. */
export function endings(
  view: View,
  { risk, gone }: Shown,
  visitor: Visitor,
  now: Date,
): Pick<
  RiskDetail,
  'closing' | 'classes' | 'cannotClose' | 'cannotReopen' | 'cannotWithdraw' | 'cannotChangeClass'
> {
  const closing = closingOf(view, { risk, gone }, now);
  const classes = classesOf(view, risk);
  const cannotClose = closing.notYet ?? whyNotOwner(view, visitor, visitor.mayClose);
  const cannotReopen = whyNotReopen(view, risk.id, visitor);
  const cannotWithdraw = whyNotWithdraw(view, risk.id, visitor);
  const cannotChangeClass = whyNotChangeClass(view, classes, visitor);
  return {
    closing,
    classes,
    ...(cannotClose && { cannotClose }),
    ...(cannotReopen && { cannotReopen }),
    ...(cannotWithdraw && { cannotWithdraw }),
    ...(cannotChangeClass && { cannotChangeClass }),
  };
}

/** What the facts say for a closing now; never by a state that may be old. */
function closingOf(view: View, { risk, gone }: Shown, now: Date): Closing {
  if (view.banner) return { evidence: [], needsWord: false, notYet: view.banner.message };
  const { base } = view;
  const act = { risk, history: historyOf(view, risk.id), now };
  try {
    const { evidence, missing } = closingFacts({ act, gone, assessment: base.assessment });
    return {
      evidence: evidence.map((each) => ({ ...each, says: evidenceText(base, each) })),
      needsWord: missing.length > 0,
    };
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    return { evidence: [], needsWord: false, notYet: error.text };
  }
}

const VALUE = /^value (\d{1,3})-(\d{1,3}) at (\S{1,40})$/;
const GONE = /^not in the assessment of (\S{1,40}) \((\d{1,9}) resources\)$/;
const GUARD = /^([\w-]{1,100})(?::([\w-]{1,100}))?@(.{1,2000})$/s;

/** A recorded time of ISO 8601 to the minute, for people; what is no such time is shown as it is. */
function minute(at: string): string {
  return at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, '$1 $2 UTC');
}

/** A recorded evidence in words: what is recorded is one line for machines. */
export function evidenceText(base: Base, { kind, what }: ClosingEvidence): Text {
  if (kind === 'value') {
    const [, low, high, at] = VALUE.exec(what) ?? [];
    if (at !== undefined)
      return text(`value ${low}–${high}, assessed ${minute(at)}`, `値 ${low}〜${high}(評価 ${minute(at)})`);
  }
  if (kind === 'gone') {
    const [, at, count] = GONE.exec(what) ?? [];
    if (at !== undefined)
      return text(
        `not in the assessment of ${minute(at)} (${count} resources)`,
        `${minute(at)} の評価(リソース${count}件)にはありません`,
      );
  }
  if (kind === 'safeguard') {
    const [, safeguard, facet, place] = GUARD.exec(what) ?? [];
    if (safeguard !== undefined && place !== undefined) {
      const named = { safeguard, ...(facet === undefined ? {} : { facet }) };
      const name = guardName(named, base.assessment.safeguards);
      const where = base.name(place);
      return text(`${name.en} is on at ${where.en}`, `${where.ja}で${name.ja}が有効`);
    }
  }
  return verbatim(what);
}

function classesOf(view: View, risk: Risk): readonly AssetClass[] {
  return assetClasses(risk, historyOf(view, risk.id)).map(({ resource, shown, recorded, current }) => ({
    asset: resource,
    name: plainName(view.base, shown),
    ...(recorded && { recorded }),
    current,
    lowered: current.high < (recorded?.high ?? 3),
  }));
}

function whyNotOwner(view: View, visitor: Visitor, may: boolean): Text | undefined {
  if (!may) return text('your policies do not let you do this', 'この操作の権限がありません');
  const { owner } = view.roots;
  if (owner === undefined) {
    return text('honmaru.yaml names no owner', 'honmaru.yaml に事業責任者(owner)がありません');
  }
  if (!isOwner(view, visitor.person)) {
    return text(`only the owner does this: ${owner}`, `行えるのは事業責任者だけです:${owner}`);
  }
  return needsFactor(visitor);
}

function needsFactor({ mfa }: Visitor): Text | undefined {
  return mfa === 'none'
    ? text('this needs a second factor in this session', 'この操作には多要素認証が必要です')
    : undefined;
}

function whyNotReopen(view: View, id: string, { mayPropose }: Visitor): Text | undefined {
  if (!isClosed(historyOf(view, id))) return text('it is not closed', '完了していません');
  return mayPropose ? undefined : text('your policies do not let you propose', '提案する権限がありません');
}

function whyNotWithdraw(view: View, id: string, { mayPropose, person }: Visitor): Text | undefined {
  const open = openProposal(historyOf(view, id));
  if (!open) return text('nothing is proposed', '提案がありません');
  if (!mayPropose) return text('your policies do not let you propose', '提案する権限がありません');
  return samePerson(open.by, person)
    ? undefined
    : text(
        `only whoever proposed it takes it back: ${open.by}`,
        `取り下げられるのは提案した本人だけです:${open.by}`,
      );
}

/** Raising one is for everybody who may; lowering one for the owner. */
function whyNotChangeClass(view: View, classes: readonly AssetClass[], visitor: Visitor): Text | undefined {
  const changed = classes.filter(
    ({ recorded, current }) => recorded?.low !== current.low || recorded.high !== current.high,
  );
  if (changed.length === 0) return text('every class is recorded as it is', '重要度はすべて記録済みです');
  if (!visitor.mayChangeClass)
    return text('your policies do not let you do this', 'この操作の権限がありません');
  const own = changed.some(({ lowered }) => !lowered);
  return own ? needsFactor(visitor) : whyNotOwner(view, visitor, true);
}
