import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readReport, reportAt } from './written-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-report-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const REPORT = '{"assessedAt": "2026-01-01T00:00:00Z", "risks": [], "schema": "honmaru.assessment/1"}';
const MARK = '\uFEFF';

describe('a report that was written as JSON', () => {
  test('is read wherever its schema stands, and with a byte order mark', async () => {
    for (const content of [REPORT, MARK + REPORT]) {
      const path = file('report.json', content);
      assert.deepEqual((await readReport(path, 'report.json')).risks, []);
      await assert.rejects(reportAt(path, 'report.json'), /no readable report: it has no environment/);
    }
  });

  test('is given as a whole where all its parts are there', async () => {
    const whole = `${REPORT.slice(0, -1)}, "environment": {}, "findings": [], "safeguards": [], "coverage": {}}`;
    assert.deepEqual((await reportAt(file('whole.json', whole), 'whole.json'))?.risks, []);
  });

  test('of a newer version is refused with a sentence', async () => {
    const path = file('newer.json', REPORT.replace('assessment/1', 'assessment/2'));
    const refusal = { code: 'report-newer', message: /newer\.json was written by a newer version/ };
    await assert.rejects(readReport(path, 'newer.json'), refusal);
    await assert.rejects(reportAt(path, 'newer.json'), refusal);
  });

  test('that is cut, in UTF-16, missing or a folder is said to be so', async () => {
    const read = (path: string) => readReport(path, 'it');
    await assert.rejects(read(file('cut.json', REPORT.slice(0, -9))), /no readable report/);
    await assert.rejects(read(file('wide.json', Buffer.from(MARK + REPORT, 'utf16le'))), /no text in UTF-8/);
    await assert.rejects(read(file('other.json', '{"risks": []}')), /nothing of a schema/);
    await assert.rejects(read(join(folder, 'none.json')), /none\.json: there is no such file or folder/);
    await assert.rejects(read(folder), /it is no file/);
  });

  test('is not taken for one where it is a template', async () => {
    assert.equal(await reportAt(file('template.json', '{"Resources": {}}'), 'template.json'), undefined);
    assert.equal(await reportAt(file('template.yaml', 'Resources: {}'), 'template.yaml'), undefined);
  });
});
