import { printable } from '../kernel/text-width.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import { escapeXml } from '../map/index.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Risk } from '../model/risk.ts';
import { findingsForMachines, worstFirst } from './order.ts';
import { showInterval } from './score.ts';
import { showPlace } from './show-place.ts';
import { BAND_WORDS, SEVERITY_WORDS } from './words.ts';

/** One test of a suite: `failure` and `skipped` hold what is said about it. */
interface TestCase {
  readonly name: string;
  readonly group: string;
  readonly failure?: { readonly message: string; readonly detail: string };
  readonly skipped?: string;
}

/**
 * The assessment as JUnit XML, which build servers show as tests: a suite of the risks (high and medium
 * ones fail), one of the controls (FAIL fails, UNKNOWN is skipped with what would decide it), and one of
 * what could not be read.
 */
export function renderJunit(assessment: Assessment, language: Language): string {
  const say = (each: Text) => each[language];
  const suites = [
    suite(
      'honmaru.risks',
      worstFirst(assessment.risks).map((risk) => riskCase(risk, say)),
      assessment,
    ),
    suite('honmaru.controls', controlCases(assessment.findings, say), assessment),
    suite('honmaru.input', inputCases(assessment, say), assessment),
  ];
  const name = attribute(assessment.environment.name);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${name}>\n${suites.join('')}</testsuites>\n`;
}

function riskCase(risk: Risk, say: (each: Text) => string): TestCase {
  const place = showPlace(risk.path.find((step) => step.source)?.source) ?? '';
  const { cause, event, effect } = risk.statement;
  const shared = { name: `${say(risk.title)} (${risk.id})`, group: `risk.${risk.rule}` };
  if (risk.band.current === 'low') return shared;
  return {
    ...shared,
    failure: {
      message: `${say(BAND_WORDS[risk.band.current])} ${showInterval(risk.current)}`,
      detail: [[cause, event, effect].map(say).join(' → '), place, `honmaru explain ${risk.id}`].join('\n'),
    },
  };
}

function controlCases(findings: readonly Finding[], say: (each: Text) => string): readonly TestCase[] {
  return findingsForMachines(findings)
    .filter(({ status }) => status !== 'NOT_APPLICABLE')
    .map((finding) => {
      const shared = { name: `${finding.control} ${finding.resource}`, group: `control.${finding.control}` };
      const because = say(finding.because);
      if (finding.status === 'UNKNOWN') {
        return { ...shared, skipped: [because, ...(finding.undecided ?? [])].join(' · ') };
      }
      if (finding.status === 'PASS') return shared;
      const message = `${say(SEVERITY_WORDS[finding.severity])}: ${say(finding.title)}`;
      return {
        ...shared,
        failure: { message, detail: [because, showPlace(finding.source) ?? ''].join('\n') },
      };
    });
}

function inputCases(assessment: Assessment, say: (each: Text) => string): readonly TestCase[] {
  const problems = assessment.coverage.notAnalysed.filter(({ kind }) => kind === 'input');
  if (problems.length === 0) {
    return [{ name: say(text('everything could be read', 'すべて読み取れました')), group: 'input' }];
  }
  return problems.map(({ what, reason, remedy, source }) => ({
    name: what,
    group: 'input',
    failure: {
      message: say(reason),
      detail: [showPlace(source) ?? '', remedy ? say(remedy) : ''].join('\n'),
    },
  }));
}

function suite(name: string, cases: readonly TestCase[], { assessedAt }: Assessment): string {
  const failures = cases.filter(({ failure }) => failure).length;
  const skipped = cases.filter((each) => each.skipped !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
  const timestamp = attribute(assessedAt.slice(0, 19));
  return `  <testsuite name=${attribute(name)} ${counts} timestamp=${timestamp}>\n${cases.map(element).join('')}  </testsuite>\n`;
}

function element({ name, group, failure, skipped }: TestCase): string {
  const head = `    <testcase name=${attribute(name)} classname=${attribute(`honmaru.${group}`)} time="0"`;
  if (failure) {
    const detail = failure.detail.split('\n').map(content).join('\n');
    return `${head}><failure message=${attribute(failure.message)} type="failure">${detail}</failure></testcase>\n`;
  }
  if (skipped !== undefined) return `${head}><skipped message=${attribute(skipped)}/></testcase>\n`;
  return `${head}/>\n`;
}

function attribute(value: string): string {
  return `"${content(value)}"`;
}

/** XML 1.0 allows no control characters and no lone surrogates, not even escaped. */
function content(value: string): string {
  return escapeXml(
    printable(value)
      .toWellFormed()
      .replace(/[\ufffe\uffff]/g, '\ufffd'),
  );
}
