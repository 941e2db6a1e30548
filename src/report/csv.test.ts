import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { text } from '../kernel/texts.ts';
import { cell, renderAssetsCsv, renderFindingsCsv, renderRisksCsv } from './csv.ts';
import { sampleAssessment } from './testing.ts';

describe('cell', () => {
  for (const value of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '-']) {
    test(`${JSON.stringify(value)} does not act as a formula`, () => {
      assert.match(cell(value), /^"'/);
    });
  }

  test('quotes what RFC 4180 asks to quote', () => {
    assert.equal(cell('a,b'), '"a,b"');
    assert.equal(cell('say "x"'), '"say ""x"""');
    assert.equal(cell('two\nlines'), '"two\nlines"');
    assert.equal(cell('plain'), 'plain');
  });
});

describe('the CSV forms', () => {
  const lines = (csv: string) => csv.replace('\ufeff', '').trimEnd().split('\r\n');

  test('risks: a row each, worst first, in the language asked for', () => {
    const [head = '', first = '', ...rest] = lines(renderRisksCsv(sampleAssessment(), 'ja'));
    assert.match(head, /^番号,ルール,リスク,要因,/);
    assert.match(first, /inject-db,注入されたSQLが.*,脆弱性,Database,インターネット → LoadBalancer/);
    assert.equal(rest.length, 2);
  });

  test('assets: holder and manager as people declared them', () => {
    assert.match(
      renderAssetsCsv(sampleAssessment(), 'en'),
      /Database,database,顧客の個人情報,,佐藤 健,,3,3,2,3,,/,
    );
  });

  test('findings: what fails first, with file and line', () => {
    const { findings, environment } = sampleAssessment();
    const [, first = ''] = lines(renderFindingsCsv({ findings, ...environment }, 'en'));
    assert.match(first, /EC2\.8,FAIL,high,WebServer,.*template\.yaml:95:3$/);
  });

  test('a formula in a name stays text', () => {
    const [risk] = sampleAssessment().risks;
    assert.ok(risk);
    const evil = '=HYPERLINK("http://x","y")';
    const csv = renderRisksCsv(sampleAssessment({ risks: [{ ...risk, title: text(evil, evil) }] }), 'en');
    assert.match(csv, /,"'=HYPERLINK\(""http:\/\/x"",""y""\)",/);
  });

  test('risks: the decision with who, when and until; what people wrote is no formula', () => {
    const [risk] = sampleAssessment().risks;
    assert.ok(risk);
    const decisions = [
      {
        risk: risk.id,
        status: 'accepted',
        counts: true,
        reason: '=1+1',
        until: '2027-03-31',
        decidedBy: '@Sato',
        decidedAt: '2026-11-02T00:00:00.000Z',
        assurance: 'signed',
      },
    ] as const;
    const [, first = ''] = lines(renderRisksCsv(sampleAssessment({ risks: [risk], decisions }), 'ja'));
    assert.match(first, /受容,"'@Sato",2026-11-02,2027-03-31,署名あり,"'=1\+1"$/);
  });
});
