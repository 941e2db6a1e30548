/**
 * The independent verifier: recomputes every score and band of an assessment from its JSON alone. It shares
 * no code with the engine, so that a mistake there shows here. The rules are those of docs/risk-scale.md.
 */

export interface ScoreProblem {
  readonly risk: string;
  readonly problem: string;
}

type Json = { readonly [key: string]: unknown };

/** Every disagreement between what an assessment says and what follows from its own paths and guards. */
export function verifyScores(assessmentJson: unknown): readonly ScoreProblem[] {
  const risks = object(assessmentJson).risks;
  if (!Array.isArray(risks)) return [{ risk: '-', problem: 'the report has no list of risks' }];
  return risks.flatMap((each) => verifyRisk(object(each)));
}

function verifyRisk(risk: Json): readonly ScoreProblem[] {
  const id = typeof risk.id === 'string' ? risk.id : '?';
  const scoring = object(risk.scoring);
  const problems: ScoreProblem[] = [];
  const complain = (problem: string) => problems.push({ risk: id, problem });
  if (array(scoring.paths).length === 0) complain('there is no path to the event');
  if (array(scoring.paths).some((path) => array(object(path).steps).length === 0))
    complain('a path has no step');
  const importance = object(scoring.importance);
  for (const end of ['low', 'high'] as const) {
    const highest = Math.max(
      0,
      ...array(risk.assets).map((asset) => number(object(object(asset).importance)[end])),
    );
    if (highest > 0 && number(importance[end]) !== highest) {
      complain(`importance ${end}: ${show(importance[end])} is said, ${highest} follows from the assets`);
    }
  }
  for (const stage of ['inherent', 'current', 'target'] as const) {
    const said = object(risk[stage]);
    for (const end of ['low', 'high'] as const) {
      const computed = riskValue(scoring, stage, end);
      if (said[end] !== computed) {
        complain(`${stage} ${end}: ${show(said[end])} is said, ${show(computed)} follows`);
      }
    }
    const band = nameOfBand(number(said.high));
    if (object(risk.band)[stage] !== band)
      complain(`${stage} band: ${show(object(risk.band)[stage])} is said, ${band} follows`);
  }
  return problems;
}

/** A × L, where L = max(1, T + V - 3), A is lowered by limits, and importance 3 keeps the value at 3 or more. */
function riskValue(scoring: Json, stage: string, end: 'low' | 'high'): number {
  const importance = number(object(scoring.importance)[end]);
  const threat = number(object(scoring.threat)[end]);
  const active = (guard: Json) => protects(guard, stage, end);
  const limits = new Set(array(scoring.limits).map(object).filter(active).map(name)).size;
  const paths = array(scoring.paths)
    .map(object)
    .filter((path) => end === 'high' || path.decided === true);
  const openness = stage === 'inherent' ? 3 : Math.max(1, ...paths.map((path) => opennessOf(path, active)));
  const value = Math.max(1, importance - limits) * Math.max(1, threat + openness - 3);
  return importance === 3 ? Math.max(3, value) : value;
}

function opennessOf(path: Json, active: (guard: Json) => boolean): 1 | 2 | 3 {
  const counted = new Set<string>();
  let steps = 0;
  for (const step of array(path.steps)) {
    const guards = array(object(step).guards).map(object).filter(active);
    if (guards.some((guard) => guard.effect === 'block')) return 1;
    const fresh = guards.filter((guard) => guard.effect === 'hinder' && !counted.has(name(guard)));
    for (const guard of fresh) counted.add(name(guard));
    if (fresh.length > 0) steps += 1;
  }
  return steps > 1 ? 1 : steps === 1 ? 2 : 3;
}

/** Nothing protects inherently; partial is off; unknown protects only in the best case; proposed only in the target. */
function protects(guard: Json, stage: string, end: 'low' | 'high'): boolean {
  if (stage === 'inherent') return false;
  if (stage === 'target' && guard.proposed === true) return true;
  return guard.state === 'on' || (guard.state === 'unknown' && end === 'low');
}

function name(guard: Json): string {
  return JSON.stringify([guard.safeguard, guard.facet ?? null, guard.place]);
}

function nameOfBand(value: number): string {
  return value <= 2 ? 'low' : value <= 4 ? 'medium' : 'high';
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
