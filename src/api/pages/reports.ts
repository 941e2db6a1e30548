import type { Language } from '../../kernel/texts.ts';
import { text } from '../../kernel/texts.ts';
import type { ReportFormat, Reports } from '../contract.ts';
import type { View } from '../environment/view.ts';
import { chromiumPath, printPdf } from './pdf.ts';

const MEDIA: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  markdown: 'text/markdown; charset=utf-8',
  sarif: 'application/sarif+json',
};
const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  html: 'html',
  pdf: 'pdf',
  csv: 'csv',
  json: 'json',
  markdown: 'md',
  sarif: 'sarif',
};
const TITLES: Readonly<Record<ReportFormat, ReturnType<typeof text>>> = {
  html: text('Report for reading and printing (HTML, 社外秘)', '閲覧・印刷用の報告書(HTML、社外秘)'),
  pdf: text('Report (PDF, 社外秘)', '報告書(PDF、社外秘)'),
  csv: text('Risk register as a table (CSV)', 'リスク台帳(CSV)'),
  json: text('The whole assessment for programs (JSON)', '評価結果の全体(JSON、プログラム用)'),
  markdown: text('Summary for a pull request (Markdown)', 'プルリクエスト用の要約(Markdown)'),
  sarif: text('Findings for code scanning (SARIF)', 'コードスキャン用の検出結果(SARIF)'),
};
const NO_CHROMIUM = text(
  'no Chromium is installed here: open the HTML report and print it from the browser; it has a style for paper',
  'この機器にChromiumがありません。HTMLの報告書をブラウザで開いて印刷してください(印刷用のスタイルがあります)',
);

export function reportsPage(view: View): Reports {
  const pdf = chromiumPath() !== undefined;
  return {
    revision: view.revision,
    assessedAt: view.base.assessment.assessedAt,
    items: (['html', 'pdf', 'csv', 'json', 'markdown', 'sarif'] as const).map((format) => ({
      format,
      title: TITLES[format],
      media: MEDIA[format],
      available: format !== 'pdf' || pdf,
      ...(format === 'pdf' && !pdf && { note: NO_CHROMIUM }),
    })),
  };
}

/** A report as a file. */
export interface ReportFile {
  readonly content: string | Uint8Array;
  readonly media: string;
  readonly name: string;
}

/** @throws HonmaruError `report-pdf` when Chromium is missing or does not print. */
export async function reportFile(view: View, format: ReportFormat, language: Language): Promise<ReportFile> {
  const day = view.base.assessment.assessedAt.slice(0, 10);
  const plain = view.base.assessment.environment.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60);
  return {
    content: await render(view, format, language),
    media: MEDIA[format],
    name: `honmaru-${plain}-${day}.${EXTENSIONS[format]}`,
  };
}

async function render(view: View, format: ReportFormat, language: Language): Promise<string | Uint8Array> {
  const { desk } = view.base;
  const decisions = [...view.decisions.values()];
  if (format !== 'pdf') return desk.report(format, language, decisions);
  return printPdf(await desk.report('html', language, decisions));
}
