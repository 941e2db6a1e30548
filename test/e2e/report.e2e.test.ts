import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readEnvironment } from '../../src/environment/read.ts';
import { LANGUAGES } from '../../src/kernel/texts.ts';
import { drawMap, MAP_CSS } from '../../src/map/index.ts';
import { renderHtml } from '../../src/report/html/index.ts';
import { assess } from '../../src/risk/assess.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const skip = existsSync(CHROMIUM)
  ? false
  : `${CHROMIUM} is not there: the report was not looked at in a browser`;

const skipPrint = spawnSync('pdftotext', ['-v']).error
  ? 'pdftotext is not there: the printed report was not read'
  : false;

describe('the HTML report in a browser', { skip }, () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-report-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function chromium(page: string, ...options: readonly string[]): string {
    const run = spawnSync(
      CHROMIUM,
      [...FLAGS, `--user-data-dir=${join(folder, 'profile')}`, ...options, pathToFileURL(page).href],
      { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 },
    );
    assert.equal(run.status, 0, run.stderr);
    return run.stdout;
  }

  async function assessExample(path = 'examples/webapp') {
    const reading = await readEnvironment({
      paths: [path],
      parameters: new Map(),
      asOf: '2026-01-01T00:00:00.000Z',
      cwd: process.cwd(),
    });
    return { assessment: await assess(reading), graph: reading.graph };
  }

  for (const language of LANGUAGES) {
    test(`every text of the drawing lies in its box as the browser sets it (${language})`, async () => {
      const { assessment, graph } = await assessExample();
      const { svg, layout } = drawMap(graph, assessment, language);
      const page = join(folder, `map-${language}.html`);
      const labels = JSON.stringify(labelRooms(layout.boxes)).replaceAll('<', '\\u003c');
      writeFileSync(
        page,
        `<!doctype html><meta charset="utf-8"><style>${MAP_CSS}.map{max-width:none}</style>${svg}<pre id="result"></pre><script>${MEASURE}(${labels})</script>`,
      );
      const result = /<pre id="result">([^<]*)<\/pre>/.exec(chromium(page, '--dump-dom'))?.[1];
      assert.equal(result, 'measured: ok');
    });

    test(`the page asks for nothing and shows its parts (${language})`, async () => {
      const { assessment, graph } = await assessExample();
      const page = join(folder, `report-${language}.html`);
      writeFileSync(page, renderHtml(assessment, graph, { language }));
      const picture = join(folder, `report-${language}.png`);
      chromium(page, `--screenshot=${picture}`, '--window-size=1100,3000');
      assert.ok(readFileSync(picture).length > 50_000, 'the picture is not empty');
      const pdf = join(folder, `report-${language}.pdf`);
      chromium(page, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`);
      const pages = readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      assert.ok(pages >= 3, `${pages} pages`);
    });
  }

  for (const example of ['examples/webapp', 'examples/webapp-hardened']) {
    test(`what is printed can be read and searched (${example})`, { skip: skipPrint }, async () => {
      const { assessment, graph } = await assessExample(example);
      const page = join(folder, 'print.html');
      const pdf = join(folder, 'print.pdf');
      writeFileSync(page, renderHtml(assessment, graph, { language: 'ja' }));
      chromium(page, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`);
      const run = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
      const words = run.stdout.replace(/\s+/g, '');
      for (const word of [
        '情報資産管理台帳',
        '脅威',
        '対策状況',
        '事業責任者',
        '決定',
        '対策の配置表',
        '社外秘',
      ])
        assert.ok(words.includes(word), word);
      for (const { title } of assessment.risks)
        assert.ok(words.includes(title.ja.replace(/\s+/g, '')), title.ja);
    });
  }

  test('the page is as wide as the screen, on a telephone too, but for tables that scroll by themselves', async () => {
    const { assessment, graph } = await assessExample();
    const page = join(folder, 'narrow.html');
    const html = renderHtml(assessment, graph, { language: 'ja' });
    const frame = `<!doctype html><meta charset="utf-8"><iframe id="page" width="390" height="800"></iframe><pre id="result"></pre><script>const page = document.getElementById('page'); page.srcdoc = ${JSON.stringify(html).replaceAll('<', '\\u003c')}; page.onload = () => { document.getElementById('result').textContent = 'width ' + page.contentDocument.documentElement.scrollWidth; };</script>`;
    writeFileSync(page, frame);
    const width = /<pre id="result">width (\d+)<\/pre>/.exec(
      chromium(page, '--dump-dom', '--virtual-time-budget=5000'),
    )?.[1];
    assert.ok(Number(width) <= 390, `${width} of 390 pixels`);
  });
});

interface LabelRoom {
  readonly text: string;
  readonly right: number;
  readonly bottom: number;
}

interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly { readonly text: string }[];
  readonly badges: readonly { readonly lines: readonly { readonly text: string }[] }[];
  readonly children: readonly Labelled[];
}

/** Each text in the order in which it is drawn, with the edges that it may not cross. */
function labelRooms(boxes: readonly Labelled[]): readonly LabelRoom[] {
  return boxes.flatMap((box) => {
    const room = { right: box.x + box.width, bottom: box.y + box.height };
    const texts = [...box.labels, ...box.badges.flatMap((badge) => badge.lines)];
    return [...texts.map(({ text }) => ({ text, ...room })), ...labelRooms(box.children)];
  });
}

/** Runs in the browser: measures each text as it is set, and writes what leaves its box. */
const MEASURE = `(rooms => {
  const texts = [...document.querySelectorAll('.map > text, .map text')].filter((each) => !each.closest('.mark'));
  const wrong = texts.length === rooms.length ? [] : [texts.length + ' texts, ' + rooms.length + ' expected'];
  texts.forEach((each, index) => {
    const box = each.getBBox();
    const room = rooms[index];
    if (!room || box.x + box.width > room.right || box.y + box.height > room.bottom) wrong.push(each.textContent);
  });
  document.getElementById('result').textContent = wrong.length ? 'wrong: ' + wrong.join(' | ') : 'measured: ok';
})`;
