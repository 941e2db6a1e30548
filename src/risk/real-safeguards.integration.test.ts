import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { CONTROLS } from '../controls/registry.generated.ts';
import { runControls } from '../controls/run.ts';
import type { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { Guard, Risk } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import { runSafeguards } from '../safeguards/run.ts';
import { findRisks } from './find.ts';
import { guardKey } from './score.ts';
import { verifyScores } from './verify.ts';

const CLASSES = [
  { resource: 'Database', confidentiality: 3, integrity: 3, availability: 2 },
  { resource: 'UploadBucket', confidentiality: 2, integrity: 2, availability: 1 },
];

interface Assessed {
  readonly graph: ResourceGraph;
  readonly reports: readonly SafeguardReport[];
  readonly risks: readonly Risk[];
}

function assessed(path: string, scope: 'account' | 'application' = 'account'): Assessed {
  const graph = graphOf(readFileSync(path, 'utf8'), { scope, assets: CLASSES });
  const reports = runSafeguards(graph, SAFEGUARDS);
  return { graph, reports, risks: findRisks(graph, runControls(graph, CONTROLS), reports).risks };
}

const BARE = 'examples/webapp/template.yaml';
const HARDENED = 'examples/webapp-hardened/template.yaml';

function guardsOf(risk: Risk): readonly Guard[] {
  return [
    ...risk.scoring.limits,
    ...risk.scoring.paths.flatMap((path) => path.steps.flatMap((step) => step.guards)),
  ];
}

describe('the bare example with the real safeguards', () => {
  const { risks, reports } = assessed(BARE);

  test('shows the risks of the lecture, the worst first', () => {
    const rules = risks.map((risk) => risk.rule);
    for (const rule of [
      'inject-db',
      'http-plain',
      'admin-port',
      'unpatched',
      'ssrf-imds',
      'pw-in-template',
      'snapshot-leak',
      'flood-single',
    ]) {
      assert.ok(rules.includes(rule), rule);
    }
    for (const rule of ['db-public', 'bucket-public']) assert.ok(!rules.includes(rule), rule);
    assert.deepEqual(
      risks.map((risk) => risk.current.high),
      risks.map((risk) => risk.current.high).toSorted((a, b) => b - a),
    );
  });

  test('every score is verified, every path has its places', () => {
    assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks }))), []);
    for (const risk of risks) {
      assert.ok(risk.path.length > 0 && risk.evidence.length > 0, risk.rule);
      assert.ok(risk.path.some((step) => step.source) || risk.rule === 'blind', risk.rule);
    }
  });

  test('every high risk falls below high by what is proposed', () => {
    for (const risk of risks.filter((each) => each.band.current === 'high')) {
      assert.notEqual(risk.band.target, 'high', risk.rule);
      assert.ok(risk.proposal.safeguards.length > 0, risk.rule);
    }
  });

  test('a proposed safeguard is known, and knows its place unless it is a facet of this risk alone', () => {
    const known = new Map(reports.map((report) => [report.id, report]));
    for (const { rule, proposal } of risks) {
      for (const { id, place, facet } of proposal.safeguards) {
        const attachments = known.get(id)?.attachments;
        assert.ok(attachments, `${rule}: ${id}`);
        if (facet === undefined)
          assert.ok(
            attachments.some((each) => each.resource === place),
            `${rule}: ${id}@${place}`,
          );
      }
    }
  });

  test('the topology does not contradict what a safeguard reports', () => {
    const known = new Map<string, string>(
      reports.flatMap((report) =>
        report.attachments.flatMap((each) => [
          [`${report.id}@${each.resource}`, each.state] as const,
          ...(each.facets ?? []).map(
            (facet) => [`${report.id}:${facet.id}@${each.resource}`, facet.state] as const,
          ),
        ]),
      ),
    );
    for (const risk of risks) {
      for (const guard of guardsOf(risk)) {
        if (guard.state === 'off')
          assert.notEqual(known.get(guardKey(guard)), 'on', `${risk.rule}: ${guardKey(guard)}`);
      }
    }
  });
});

describe('the hardened example', () => {
  test('has no high risk that the bare one has', () => {
    const hardened = assessed(HARDENED).risks;
    assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks: hardened }))), []);
    const bare = new Set(
      assessed(BARE)
        .risks.filter((risk) => risk.band.current === 'high')
        .map((risk) => risk.rule),
    );
    const remaining = hardened.filter((risk) => risk.current.low >= 6 && bare.has(risk.rule));
    assert.deepEqual(
      remaining.map((risk) => risk.rule),
      [],
    );
  });
});
