import fc from 'fast-check';
import { ResourceGraph } from '../../src/environment/graph.ts';
import { graphOf } from '../../src/environment/testing.ts';
import type { Risk } from '../../src/model/risk.ts';
import { findRisks } from '../../src/risk/find.ts';
import { fingerprintOf } from '../../src/risk/fingerprint.ts';
import { reportsFor, type States } from '../../src/risk/testing.ts';
import { CHOICES, type Choice, environment, PLACES } from '../../src/risk/testing-environments.ts';
import { verifyScores } from '../../src/risk/verify.ts';
import type { Tally } from './tally.ts';

/** Small environments, and the states of some safeguards in them (the others are off). */
const ENVIRONMENTS: fc.Arbitrary<Choice> = fc.record({
  scheme: fc.constantFrom(...CHOICES.scheme),
  source: fc.constantFrom(...CHOICES.source),
  port: fc.constantFrom(...CHOICES.port),
  publicIp: fc.constantFrom(...CHOICES.publicIp),
  databaseSource: fc.constantFrom(...CHOICES.databaseSource),
  databasePublic: fc.constantFrom(...CHOICES.databasePublic),
  action: fc.constantFrom(...CHOICES.action),
  maybe: fc.constantFrom(...CHOICES.maybe),
});
const STATES: fc.Arbitrary<States> = fc.dictionary(
  fc.constantFrom(...PLACES),
  fc.constantFrom('on', 'partial', 'off', 'unknown'),
);

/** What is wrong with the risks of one environment, as sentences. */
function problemsOf(graph: ResourceGraph, states: States, added: string): readonly string[] {
  const before = findRisks(graph, [], reportsFor(graph, states)).risks;
  const problems = verifyScores(JSON.parse(JSON.stringify({ risks: before }))).map((each) => each.problem);
  const known = new Map(before.map((risk) => [risk.id, risk]));
  for (const risk of findRisks(graph, [], reportsFor(graph, { ...states, [added]: 'on' })).risks) {
    const earlier = known.get(risk.id);
    if (!earlier) problems.push(`${risk.rule} appears by adding ${added}`);
    else if (risk.current.high > earlier.current.high || risk.current.low > earlier.current.low) {
      problems.push(`${risk.rule} rises by adding ${added}`);
    }
  }
  const turned = new ResourceGraph(graph.facts, graph.resources.toReversed());
  const after = findRisks(turned, [], reportsFor(turned, states)).risks;
  if (shown(after) !== shown(before)) problems.push('the order of reading matters');
  return problems;
}

function shown(risks: readonly Risk[]): string {
  return risks
    .map((risk) => `${risk.id} ${risk.current.low}-${risk.current.high} ${fingerprintOf(risk)}`)
    .sort()
    .join('\n');
}

/** Random small environments: scores verify, adding a safeguard raises none, the order changes nothing. */
export function randomEnvironments(count: number, tally: Tally): void {
  const cases = fc.sample(fc.tuple(ENVIRONMENTS, STATES, fc.constantFrom(...PLACES)), {
    numRuns: count,
    seed: 1,
  });
  for (const [choice, states, added] of cases) {
    const problems = problemsOf(graphOf(environment(choice), { scope: 'account' }), states, added);
    if (problems.length === 0) tally.pass();
    else tally.fail(JSON.stringify({ choice, states, added }), problems.join('; '));
  }
}
