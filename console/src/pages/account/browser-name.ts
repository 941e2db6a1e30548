/** The first that fits wins: others name themselves after those below them. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg[A-Z]*\/(\d+)/i, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const MOST = 60;

/** What people call a browser, from its User-Agent: `Firefox 140, Windows`; else the beginning of what it says. */
export function browserName(agent: string): string {
  const browser = BROWSERS.map(([pattern, name]) => {
    const version = pattern.exec(agent)?.[1];
    return version === undefined ? undefined : `${name} ${version}`;
  }).find((each) => each !== undefined);
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  if (browser === undefined) return agent.length > MOST ? `${agent.slice(0, MOST)}…` : agent;
  return system === undefined ? browser : `${browser}, ${system}`;
}
