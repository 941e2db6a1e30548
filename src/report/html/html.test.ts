import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { graphOf } from '../../environment/testing.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { RiskDecision } from '../../model/decision.ts';
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

  describe('decisions', () => {
    const [first, second] = sampleAssessment().risks;
    assert.ok(first && second);
    const decisions: readonly RiskDecision[] = [
      {
        risk: first.id,
        status: 'accepted',
        counts: true,
        response: 'accept',
        reason: 'borne <b>gladly</b>',
        until: '2027-03-31',
        proposedBy: '田中',
        proposedAt: '2026-11-01T00:00:00.000Z',
        decidedBy: '佐藤',
        decidedAt: '2026-11-02T00:00:00.000Z',
        assurance: 'signed',
      },
      {
        risk: second.id,
        status: 'lapsed',
        counts: false,
        why: text('its last day was 2026-11-01', '期限(2026-11-01)を過ぎました'),
        decidedBy: 'Sato',
        decidedAt: '2026-08-01T00:00:00.000Z',
        assurance: 'unsigned',
        selfApproved: true,
      },
    ];

    test('who, when, until and whether it is signed stand in one table, what lapsed first', () => {
      const page = words(render('ja', { decisions }));
      const table = page.slice(page.indexOf('提案または決定のあるリスクは2件、未決定は1件です'));
      assert.match(table, /失効.*受容/);
      for (const word of ['佐藤', '2026-11-02', '2027-03-31', '署名あり', '署名なし・自己承認', '田中'])
        assert.ok(table.includes(word), word);
    });

    test('a lapsed decision stands on the first page, and its risk is to be decided again', () => {
      const brief = words(render('en', { decisions })).split('The environment and its safeguards')[0] ?? '';
      assert.match(brief, /1 decision has lapsed and must be made again/);
      assert.match(brief, /its last day was 2026-11-01/);
      assert.ok(!brief.includes(`${first.title.en} high`), 'what is accepted is not asked again');
    });

    test('what people wrote stays text', () => {
      assert.match(render('en', { decisions }), /borne &lt;b&gt;gladly&lt;\/b&gt;/);
    });
  });

  test('each risk shows its path, its cut, its assets with their classes and how to mend it', () => {
    const page = words(render('en'));
    for (const word of ['nothing blocks or hinders', 'Lower band by', 'Would be seen by', 'Patches', 'Cut'])
      assert.ok(page.includes(word), word);
    assert.match(render('en'), /href="#patch-1"/);
    assert.match(render('en'), /id="patch-1"/);
  });

  test('follows a dark screen, prints on light paper, and says what its tables are', () => {
    const page = render('en');
    assert.match(page, /@media screen and \(prefers-color-scheme:dark\)/);
    assert.match(page, /<table class="risks" aria-label="Risks">/);
    assert.match(page, /<a class="skip" href="#brief">/);
  });

  test('an asset that was entered by hand says so, with where it is kept and who reaches it', () => {
    const [asset] = sampleAssessment().assets;
    assert.ok(asset);
    const byHand = {
      ...asset,
      name: '契約書',
      kind: 'paper',
      byHand: true,
      location: '金庫',
      owner: '総務部',
    } as const;
    const page = words(render('ja', { assets: [byHand] }));
    for (const word of ['契約書', '手入力', '書類', '保管場所: 金庫', '責任者: 総務部'])
      assert.ok(page.includes(word), word);
  });
});
