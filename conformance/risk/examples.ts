import { join } from 'node:path';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Band, Risk } from '../../src/model/risk.ts';
import { renderHtml } from '../../src/report/html/index.ts';
import { lowestSets, minimalSets } from '../../src/risk/minimal-sets.ts';
import { type Assessed, assessedAt } from './assessments.ts';
import type { Tally } from './tally.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const BANDS: readonly Band[] = ['low', 'medium', 'high'];

/**
 * The bare reference environment and its hardened twin, in CloudFormation and in Terraform: every high risk of
 * the bare one is gone or a band lower in the other where a safeguard can lower it, and the report says so
 * where the importance of an asset keeps a value where it is.
 */
export async function examples(tally: Tally): Promise<void> {
  for (const language of ['template.yaml', 'terraform']) {
    const bare = await assessedAt(join(EXAMPLES, 'webapp', language));
    const hardened = await assessedAt(join(EXAMPLES, 'webapp-hardened', language));
    for (const risk of bare.assessment.risks.filter(({ band }) => band.current === 'high')) {
      const name = `${language} ${risk.rule}`;
      const why = minimalSets(risk.scoring).length > 0 ? notLower(risk, hardened.assessment) : notSaid(risk);
      if (why) tally.fail(name, why);
      else tally.pass();
    }
    for (const assessed of [bare, hardened]) {
      const why = silent(assessed);
      if (why) tally.fail(`${language} ${assessed.assessment.environment.name}`, why);
      else tally.pass();
    }
  }
}

function notLower({ rule, band }: Risk, { risks }: Assessment): string | undefined {
  const worst = risks.filter((risk) => risk.rule === rule).map((risk) => BANDS.indexOf(risk.band.current));
  return Math.max(-1, ...worst) < BANDS.indexOf(band.current) ? undefined : 'is no band lower when hardened';
}

const SAID = /importance of the asset \(3\) keeps/;

function notSaid({ proposal }: Risk): string | undefined {
  return SAID.test(proposal.reason.en) ? undefined : 'does not say that importance keeps it';
}

/** A risk that stays in its band because of importance must say so, in its reason and in the page. */
function silent({ assessment, graph }: Assessed): string | undefined {
  const kept = assessment.risks.filter(
    ({ scoring, band }) =>
      band.current !== 'low' &&
      scoring.importance.high >= 3 &&
      minimalSets(scoring).length === 0 &&
      lowestSets(scoring).length === 0,
  );
  const quiet = kept.find((risk) => notSaid(risk));
  if (quiet) return `${quiet.rule} does not say that importance keeps it`;
  const report = renderHtml(assessment, graph, { language: 'en' });
  return kept.length > 0 && !SAID.test(report)
    ? 'the report does not say that importance keeps a risk'
    : undefined;
}
