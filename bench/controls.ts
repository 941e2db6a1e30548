/**
 * How many control evaluations a second one core does over the real control set, on a large environment
 * with every type of the reference template. `node bench/controls.ts`; the peer (CloudSploit's plugins on
 * recorded caches) does 40,000 to 51,000.
 */
import { readFileSync } from 'node:fs';
import { CONTROLS } from '../src/controls/registry.generated.ts';
import { runControls } from '../src/controls/run.ts';
import { graphOfAll } from '../src/environment/testing.ts';
import { median } from './measure.ts';

/** The reference template as so many stacks of one environment. */
function environment(stacks: number) {
  const template = readFileSync('examples/webapp/template.yaml', 'utf8');
  const templates = Array.from({ length: stacks }, (_, index) => [`stack${index}`, template] as const);
  return graphOfAll(Object.fromEntries(templates));
}

const graph = environment(200);
for (let run = 0; run < 3; run += 1) runControls(graph, CONTROLS);
const wall: number[] = [];
const core: number[] = [];
let findings = 0;
for (let run = 0; run < 9; run += 1) {
  const started = performance.now();
  const used = process.cpuUsage();
  findings = runControls(graph, CONTROLS).length;
  const { user, system } = process.cpuUsage(used);
  wall.push(findings / ((performance.now() - started) / 1000));
  core.push(findings / ((user + system) / 1_000_000));
}
const asked = 200_000;
const rate = median(wall);
console.log(`${graph.resources.length} resources, ${CONTROLS.length} controls, ${findings} findings a run`);
console.log(
  `control evaluations a second: median ${Math.round(rate)}, best ${Math.round(Math.max(...wall))} (asked: >= ${asked}) ${rate >= asked ? 'reached' : 'NOT REACHED'}`,
);
console.log(`  by processor time, the collector's threads included: ${Math.round(median(core))}`);
process.exitCode = rate >= asked ? 0 : 1;
