import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { graphOf } from '../../environment/testing.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { sampleAssessment, sampleRisk } from '../testing.ts';
import { html } from './html.ts';
import { renderHtml } from './index.ts';

const graph = graphOf(
  {
    Resources: {
      LoadBalancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      WebServer: { Type: 'AWS::EC2::Instance' },
      Database: { Type: 'AWS::RDS::DBInstance' },
      UploadBucket: { Type: 'AWS::S3::Bucket' },
    },
  },
  { stack: 'webapp' },
);

const render = (language: 'en' | 'ja', changes: Partial<Assessment> = {}) =>
  renderHtml(sampleAssessment(changes), graph, { language });

/** The page's words, without markup. */
const words = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('html', () => {
  test('escapes what it is given, and only that', () => {
    const name = '<img src=x onerror="alert(1)">&\'';
    assert.equal(
      html`<b title="${name}">${name}</b>`.markup,
      '<b title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;</b>',
    );
  });

  test('takes markup and lists of markup as they are', () => {
    assert.equal(
      html`<ul>${['a', 'b'].map((each) => html`<li>${each}</li>`)}</ul>`.markup,
      '<ul><li>a</li><li>b</li></ul>',
    );
  });
});

describe('renderHtml', () => {
  test('needs nothing from elsewhere and runs nothing', () => {
    const page = render('en');
    assert.doesNotMatch(page, /<script|<link|<iframe|<object|<form|javascript:|@import|url\(http/i);
    for (const [, target = ''] of page.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(target, /^#/);
  });

  test('its content security policy allows its one style sheet and nothing else', () => {
    const page = render('en');
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(page.includes(`content="default-src 'none'; style-src 'sha256-${hash}'`));
    assert.doesNotMatch(page, / style="/);
  });

  test('a name with markup in it stays a name', () => {
    const [risk] = sampleAssessment().risks;
    assert.ok(risk);
    const evil = '<script>alert(1)</script>';
    const page = render('en', {
      risks: [{ ...risk, title: text(evil, evil) }],
      environment: { ...sampleAssessment().environment, name: evil, owner: evil },
    });
    assert.doesNotMatch(page, /<script/);
    assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  });

  test('is marked confidential on the screen and on every printed page', () => {
    const page = render('ja');
    assert.match(page, /<div class="confidential">社外秘/);
    assert.match(page, /@page\{@top-right\{content:"社外秘/);
  });

  test('begins with the brief: counts, decisions, price, and room for the signature', () => {
    const page = words(render('en'));
    assert.match(
      page,
      /We found 3 ways in which this system or its data can come to harm\. 2 of them are high: they should not stay/,
    );
    assert.match(page, /reduce: AWS WAF \(.*\) at LoadBalancer — tens of dollars a month/);
    assert.match(page, /☐ accept ☐ reduce ☐ transfer ☐ avoid/);
    assert.match(page, /Business owner 山田 花子 Date Valid until Signature/);
  });

  test('has all parts in both languages', () => {
    const parts = {
      en: [
        'The environment and its safeguards',
        'Risks, worst first',
        'Asset inventory',
        'Analysis sheet',
        'Safeguards by place',
        'Checklist of the twelve',
        'Findings of the controls',
        'Assumptions to confirm',
        'What was not judged',
      ],
      ja: [
        '環境と対策の配置',
        'リスク一覧',
        '情報資産管理台帳',
        'リスク分析シート',
        '対策の配置表',
        '十二のサービスのチェックリスト',
        '設定の検査結果',
        '確認が必要な仮定',
        '判定していないもの',
      ],
    };
    for (const language of ['en', 'ja'] as const) {
      const page = words(render(language));
      for (const part of parts[language]) assert.ok(page.includes(part), part);
    }
  });

  test('says of values that they are levels in the model', () => {
    assert.match(render('ja'), /モデル上の段階。確率ではない。/);
    assert.match(render('en'), /A level in the model, not a probability\./);
  });

  test('shows a risk with its path, each hop with file and line, and what stands on it', () => {
    const page = words(render('en'));
    assert.match(page, /internet → LoadBalancer → WebServer → Database/);
    assert.match(page, /LoadBalancer port 80 is open to 0\.0\.0\.0\/0 examples\/webapp\/template\.yaml:60:3/);
    assert.match(page, /AWS WAF \([^)]*\): off · hinders proposed/);
  });

  test('states have a word beside or inside their mark', () => {
    for (const mark of render('en').match(/<svg class="mark-box"[^>]*>/g) ?? []) {
      assert.match(mark, /aria-label="(on|partial|off|unknown|not applicable)"/);
    }
  });

  test('marks guesses as assumed and lists them to confirm', () => {
    const page = words(render('ja'));
    assert.match(page, /2–3 仮定/);
    assert.match(page, /重要度2–3: 漏えい・改ざん・停止したときの影響/);
  });

  test('an assessment without anything is still a whole page', () => {
    const page = words(render('en', { risks: [], assets: [], findings: [], safeguards: [] }));
    assert.match(page, /No risk was found in what was judged/);
    assert.match(page, /0 of 12 on everywhere/);
  });

  test('5,000 risks become a page in well under two seconds', () => {
    const risks = Array.from({ length: 5000 }, (_, index) => sampleRisk(index));
    const page = render('en', { risks });
    assert.match(page, /The details of 4800 more risks are in the JSON form/);
    assert.ok(page.length < 8_000_000);
  });
});
