/** Runs one command line in this process and prints its wall time and peak memory as JSON on standard error. */
import { main } from '../src/cli/main.ts';
import { processTerminal } from '../src/cli/terminal.ts';

const started = performance.now();
const code = await main(process.argv.slice(2), { ...processTerminal(), out: () => undefined });
console.error(
  JSON.stringify({ code, ms: performance.now() - started, maxRssMb: process.resourceUsage().maxRSS / 1024 }),
);
