import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { graphOf } from '../environment/testing.ts';
import type { Assessment } from '../model/assessment.ts';
import { assess } from '../risk/assess.ts';
import { renderFindingsJson, renderJson } from './json.ts';
import { sampleAssessment } from './testing.ts';

function validatorOf(name: string) {
  const url = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url);
  return new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync(url, 'utf8')));
}

describe('renderJson', () => {
  test('agrees with its JSON Schema', () => {
    const validate = validatorOf('assessment');
    validate(JSON.parse(renderJson(sampleAssessment())));
    assert.deepEqual(validate.errors, null);
  });

  test('a field that the schema does not know is refused by it', () => {
    const validate = validatorOf('assessment');
    assert.equal(validate({ ...JSON.parse(renderJson(sampleAssessment())), score: 7 }), false);
  });

  test('gives the same bytes whatever the order of the facts', () => {
    const sample = sampleAssessment();
    const turned: Assessment = {
      ...sample,
      findings: sample.findings.toReversed(),
      risks: sample.risks.toReversed(),
      safeguards: sample.safeguards
        .toReversed()
        .map((each) => ({ ...each, attachments: each.attachments.toReversed() })),
      assets: sample.assets.toReversed(),
      environment: { ...sample.environment, resources: sample.environment.resources.toReversed() },
    };
    assert.equal(renderJson(turned), renderJson(sample));
  });

  test('changes nothing of what was assessed', () => {
    const sample = sampleAssessment();
    const read = JSON.parse(renderJson(sample)) as Assessment;
    assert.equal(read.risks.length, sample.risks.length);
    assert.deepEqual(
      read.findings.find(({ control }) => control === 'RDS.3'),
      sample.findings.find(({ control }) => control === 'RDS.3'),
    );
  });
});

describe('renderFindingsJson', () => {
  test('agrees with its JSON Schema and counts control numbers as numbers', () => {
    const printed = JSON.parse(renderFindingsJson(sampleAssessment().findings));
    const validate = validatorOf('findings');
    validate(printed);
    assert.deepEqual(validate.errors, null);
    assert.deepEqual(
      printed.map(({ control }: { control: string }) => control),
      ['EC2.8', 'RDS.3', 'S3.8', 'S3.10'],
    );
  });
});

test('a real assessment agrees with the schema too', async () => {
  const template = readFileSync(new URL('../../examples/webapp/template.yaml', import.meta.url), 'utf8');
  const graph = graphOf(template, { scope: 'account' });
  const { declaration } = graph.facts;
  const assessment = await assess({ graph, declaration, unknowns: [], notAnalysed: [] });
  const validate = validatorOf('assessment');
  validate(JSON.parse(renderJson(assessment)));
  assert.deepEqual(validate.errors, null);
});
