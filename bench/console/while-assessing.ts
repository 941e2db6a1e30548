import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EnvironmentSource } from '../../src/api/environment/read-base.ts';
import { type Heard, listen } from '../../test/e2e/console-events.ts';
import { manyOfFewKinds } from './environments.ts';
import { withConsole } from './installation.ts';
import { type Meter, percentile } from './meter.ts';
import { watchTurns } from './turns.ts';

const RESOURCES = 10_000;
const MOST_TRIES = 6;
const PAUSE_MILLISECONDS = 20;
const ANSWER_MILLISECONDS = 250;
const TURN_MILLISECONDS = 100;

/** What somebody who looks at lists notices of 10,000 resources that are assessed again. */
export async function measureWhileAssessing(
  source: EnvironmentSource,
  folder: string,
  meter: Meter,
): Promise<void> {
  const large = join(folder, 'ten-thousand');
  mkdirSync(large);
  const template = manyOfFewKinds(RESOURCES);
  writeFileSync(join(large, 'template.json'), template);
  console.log(`\nlists while ${RESOURCES} resources are assessed again`);
  const options = { data: join(folder, 'large'), source: { ...source, paths: [large] }, watch: true };
  await withConsole(options, async (client) => {
    await client.raw('GET', '/api/findings?text=bucket');
    const heard = await listen(client);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const times: number[] = [];
    let assessed = false;
    const saved = performance.now();
    writeFileSync(join(large, 'template.json'), `${template}\n`);
    const ready = assessedBy(heard).then(() => performance.now() - saved);
    ready.then(() => {
      assessed = true;
    });
    delay.enable();
    const turns = watchTurns();
    for (let at = 0; !assessed; at += 1) {
      const began = performance.now();
      await client.raw('GET', at % 2 === 0 ? '/api/findings?status=FAIL' : '/api/risks');
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
    const longest = turns.end();
    delay.disable();
    heard.close();
    console.log(
      `assessed and told after ${(await ready).toFixed(0)} ms, ${times.length} lists were answered`,
    );
    meter.report('an answer meanwhile: p95', percentile(times, 0.95), ANSWER_MILLISECONDS);
    console.log(
      `the event loop was late by at most ${(delay.max / 1e6).toFixed(0)} ms, other programs included`,
    );
    meter.report('the server computes at a stretch: longest, CPU', longest, TURN_MILLISECONDS);
  });
}

/** A busy machine may take longer than a test would wait. */
async function assessedBy(heard: Heard): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await heard.next(({ kind }) => kind === 'assessed');
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}
