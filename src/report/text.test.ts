import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { displayWidth } from '../kernel/text-width.ts';
import { text } from '../kernel/texts.ts';
import { sampleAssessment, sampleRisk } from './testing.ts';
import { renderFindings, renderText } from './text.ts';

const plain = { language: 'en', color: false, width: 100 } as const;

describe('renderText', () => {
  test('says first how many risks there are at which level, now and with the proposals', () => {
    const [headline = '', then = ''] = renderText(sampleAssessment(), plain).split('\n');
    assert.match(headline, /^webapp {2}3 risks: 2 high, 0 medium, 1 low$/);
    assert.match(then, /with the proposals: 1 high, 1 medium, 1 low/);
  });

  test('says how far the environment reaches; off AWS there is no account', () => {
    const sample = sampleAssessment();
    const withTypes = (...types: readonly string[]) => {
      const resources = types.map((type) => ({
        ...{ id: type, name: type, type },
        ...{ basis: 'template' as const, existence: 'certain' as const },
      }));
      const environment = { ...sample.environment, scope: 'account' as const, resources };
      return renderText({ ...sample, environment }, plain);
    };
    assert.match(withTypes('AWS::S3::Bucket', 'Host::Machine'), /scope: a whole account/);
    assert.match(withTypes('Compose::Service', 'Host::Machine'), /scope: all there is/);
  });

  test('tells a risk with its values, path, reason, proposal and id', () => {
    const shown = renderText(sampleAssessment(), plain);
    assert.match(shown, /high {3}9 +Injected SQL reads the database .* 7zq8hqx8728nhnyn\n/);
    assert.match(shown, /internet → LoadBalancer → WebServer → Database {2}\(9 → 9 → 6\)/);
    assert.match(shown, /a flaw in it is assumed/);
    assert.match(shown, /reduce: AWS WAF \(.*\) at LoadBalancer — tens of dollars a month/);
  });

  test('puts the larger upper end first, as what is unknown is never safe', () => {
    const sample = sampleAssessment();
    const shown = renderText({ ...sample, risks: sample.risks.toReversed() }, plain);
    assert.ok(shown.indexOf('Injected SQL') < shown.indexOf('administration port'));
    assert.ok(shown.indexOf('administration port') < shown.indexOf('A flood'));
  });

  test('counts the lecture’s twelve and calls a service without judgement not judged, never off', () => {
    const shown = renderText(sampleAssessment(), plain);
    assert.match(shown, /twelve services: 1\/12 on everywhere/);
    assert.match(shown, /Macie +not judged yet/);
    assert.match(shown, /\? GuardDuty +unknown/);
  });

  test('names what was not judged', () => {
    const shown = renderText(sampleAssessment(), plain);
    assert.match(shown, /1 value is undecided/);
    assert.match(shown, /template.yaml:200:3: no control looks at this type/);
  });

  test('is wholly Japanese in Japanese', () => {
    const shown = renderText(sampleAssessment(), { ...plain, language: 'ja' });
    for (const word of [
      'リスク3件: 高2、中0、低1',
      '低減',
      '未判定',
      '判定していないもの',
      '次にできること',
    ]) {
      assert.ok(shown.includes(word), word);
    }
    assert.doesNotMatch(shown, /unknown|not judged|reduce|controls/i);
  });

  for (const language of ['en', 'ja'] as const) {
    for (const width of [60, 80, 120]) {
      test(`keeps within ${width} columns in ${language}`, () => {
        for (const line of renderText(sampleAssessment(), { language, color: false, width }).split('\n')) {
          if (!line.includes('honmaru ')) assert.ok(displayWidth(line) <= width, line);
        }
      });
    }
  }

  test('stays short with very many risks, and says how many it does not show', () => {
    const risks = Array.from({ length: 5000 }, (_, index) => sampleRisk(index));
    const shown = renderText(sampleAssessment({ risks }), plain);
    assert.ok(shown.split('\n').length <= 60);
    assert.match(shown, /… and 4988 more/);
  });

  test('colours only when asked', () => {
    assert.doesNotMatch(renderText(sampleAssessment(), plain), /\u001b/);
    assert.match(renderText(sampleAssessment(), { ...plain, color: true }), /\u001b\[1;31mhigh/);
  });

  test('passes no terminal escape of a stranger on', () => {
    const [risk] = sampleAssessment().risks;
    assert.ok(risk);
    const evil = { ...risk, title: text('\u001b]0;owned\u0007', '\u001b]0;owned\u0007') };
    assert.doesNotMatch(renderText(sampleAssessment({ risks: [evil] }), plain), /[\u001b\u0007]/);
  });

  test('an environment without risks says of what that holds', () => {
    assert.match(renderText(sampleAssessment({ risks: [] }), plain), /No risk was found in what was judged/);
  });
});

describe('renderFindings', () => {
  const { findings, environment } = sampleAssessment();
  const shown = renderFindings({ findings, resources: environment.resources }, plain);

  test('shows what fails, the severe first, then what is undecided with its expression', () => {
    assert.ok(shown.indexOf('EC2.8') < shown.indexOf('RDS.3'));
    assert.ok(shown.indexOf('RDS.3') < shown.indexOf('S3.10'));
    assert.match(shown, /depends on LifecycleDays \[LifecycleDays\]/);
  });

  test('gives file, line and column of each', () => {
    assert.match(shown, /examples\/webapp\/template\.yaml:95:3/);
  });

  test('counts what passes instead of listing it', () => {
    assert.doesNotMatch(shown, /S3\.8 /);
    assert.match(shown, /2 FAIL \(1 high, 1 medium\), 1 UNKNOWN, 1 PASS/);
  });
});
