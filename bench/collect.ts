/**
 * Collects 10,000 resources over a local endpoint that answers each call after 5 ms, through the official
 * clients. The endpoint runs in a process of its own. Limits: 30 s, 20 calls in flight, 400 MB.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { collectAccount } from '../src/sources/aws/collect.ts';
import { sdkSender } from '../src/sources/aws/sdk-client.ts';
import { throttled } from '../src/sources/aws/throttle.ts';

const endpoint = fork(new URL('./collect/endpoint.ts', import.meta.url), { stdio: 'inherit' });
const [{ port, answerMs }] = (await once(endpoint, 'message')) as [{ port: number; answerMs: number }];
process.env.AWS_ACCESS_KEY_ID = 'bench';
process.env.AWS_SECRET_ACCESS_KEY = 'bench';

const started = performance.now();
const snapshot = await collectAccount({
  send: throttled(sdkSender({ endpoint: `http://localhost:${port}` })),
  regions: [],
  region: 'eu-west-1',
  now: () => new Date(),
});
const seconds = (performance.now() - started) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;
endpoint.send('count');
const [{ calls, mostInFlight }] = (await once(endpoint, 'message')) as [
  { calls: number; mostInFlight: number },
];
endpoint.disconnect();

const count = snapshot.parts.reduce((sum, part) => sum + part.resources.length, 0);
process.stdout.write(
  `${count} resources, ${calls} calls of ${answerMs} ms: ${seconds.toFixed(1)} s, ` +
    `${mostInFlight} in flight at most, ${megabytes.toFixed(0)} MB\n`,
);
const gaps = snapshot.parts.flatMap((part) => part.gaps);
for (const { service, operation, error } of gaps) {
  process.stdout.write(`  not answered: ${service} ${operation} (${error})\n`);
}
// The name of a host that carries the account's number does not resolve everywhere.
const open = gaps.filter(({ service }) => service !== 's3-control');
const within = count >= 10_000 && seconds < 30 && mostInFlight <= 20 && megabytes < 400 && open.length === 0;
process.exit(within ? 0 : 1);
