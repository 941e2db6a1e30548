import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Control } from './control.ts';
import { CONTROLS } from './registry.generated.ts';
import { runControls } from './run.ts';
import { type CaseFile, type ControlCase, caseFilesBelow, graphOfCase, subjectOf } from './testing.ts';

const files = caseFilesBelow(import.meta.dirname);
const byId = new Map(CONTROLS.map((control) => [control.id, control]));

describe('the examples of each control', () => {
  for (const control of CONTROLS) {
    test(`${control.id} has examples that pass, fail and stay unknown`, () => {
      const statuses = files.find((file) => file.control === control.id)?.cases.map((each) => each.status);
      assert.ok(statuses, `no ${control.id}.cases.yaml`);
      for (const status of ['PASS', 'FAIL', 'UNKNOWN'] as const) assert.ok(statuses.includes(status), status);
    });
  }
  for (const file of files) {
    test(`${file.control} judges its examples`, () => {
      const control = byId.get(file.control);
      assert.ok(control, `${file.path} belongs to no control`);
      for (const example of file.cases) judge(control, file, example);
    });
  }
});

function judge(control: Control, file: CaseFile, example: ControlCase): void {
  const graph = graphOfCase(file, example);
  const subject = subjectOf(graph, example);
  assert.ok(subject, `${example.name}: no such resource`);
  const findings = runControls(graph, [control]).filter((each) => each.resource === subject.id);
  assert.ok(findings.length <= 1, 'one fact, one finding');
  const finding = findings[0];
  const said = finding ? `${finding.status} (${finding.because.en})` : 'no finding';
  assert.equal(finding?.status, example.status, `${example.name}: ${said}`);
  assert.ok(finding?.because.ja);
  if (example.status === 'UNKNOWN') assert.ok(finding.undecided?.length, `${example.name}: names nothing`);
  const remedy = control.remedy(subject, graph);
  assert.ok(remedy.summary.en && remedy.summary.ja);
}
