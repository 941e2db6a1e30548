import { randomInt } from 'node:crypto';
import { type Credentials, connection, requestMaker } from './requests.ts';

const FEW = 100;
const SAMPLE = 2_000;
const CONNECTIONS = 32;
const SIGNED_ANEW = 10_000;

/**
 * How long DescribeKey and Decrypt take with a hundred keys and with many more: of the same hundred, and of keys
 * anywhere among all, at their first use and at the next. One request at a time.
 */
export async function manyKeys(endpoint: string, credentials: Credentials, count: number): Promise<void> {
  const port = Number(new URL(endpoint).port);
  const made = requestMaker(endpoint, credentials);
  /** Signed requests for keys: a DescribeKey and a Decrypt each. */
  async function prepared(ids: readonly string[]) {
    const all: { describe: Buffer; decrypt: Buffer }[] = [];
    const line = await connection(port);
    for (const KeyId of ids) {
      const encrypt = await made('Encrypt', { KeyId, Plaintext: Buffer.alloc(64, 'm').toString('base64') });
      const { CiphertextBlob } = JSON.parse((await line.send(encrypt)).body) as { CiphertextBlob: string };
      all.push({
        describe: await made('DescribeKey', { KeyId }),
        decrypt: await made('Decrypt', { CiphertextBlob }),
      });
    }
    line.close();
    return all;
  }

  async function measure(what: string, requests: readonly Buffer[]): Promise<void> {
    const times: number[] = [];
    const line = await connection(port);
    for (let at = 0; at < SAMPLE; at += 1) {
      const began = performance.now();
      await line.send(requests[at % requests.length] as Buffer);
      times.push(performance.now() - began);
    }
    line.close();
    times.sort((one, other) => one - other);
    const at = (share: number) => (times[Math.floor(SAMPLE * share)] ?? 0).toFixed(2);
    console.log(`${what.padEnd(62)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  }

  const few = await newKeys(port, () => made('CreateKey', {}), FEW);
  const same = await prepared(few);
  const describe = same.map((each) => each.describe);
  const decrypt = same.map((each) => each.decrypt);
  await measure('warm-up', [...describe, ...decrypt]);
  await measure(`DescribeKey, ${FEW} keys`, describe);
  await measure(`Decrypt, ${FEW} keys`, decrypt);

  const began = performance.now();
  const many = await newKeys(port, () => made('CreateKey', {}), count);
  console.log(`${count} keys made in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  const sample = Array.from({ length: SAMPLE }, () => many[randomInt(many.length)] ?? '');
  const describeAny = await Promise.all(sample.map((KeyId) => made('DescribeKey', { KeyId })));
  const again = await prepared(few);
  await measure(
    `DescribeKey, the same ${FEW} of ${count} keys`,
    again.map((each) => each.describe),
  );
  await measure(`DescribeKey, any of ${count} keys, at the first use`, describeAny);
  await measure(`DescribeKey, any of ${count} keys, at the next`, describeAny);
  const any = await prepared(sample);
  await measure(
    `Decrypt, the same ${FEW} of ${count} keys`,
    again.map((each) => each.decrypt),
  );
  await measure(
    `Decrypt, any of ${count} keys`,
    any.map((each) => each.decrypt),
  );
}

/** Makes keys by sending a signed request over and over, anew signed now and then; their ids. */
async function newKeys(port: number, sign: () => Promise<Buffer>, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let left = count;
  let request = await sign();
  const maker = async () => {
    const line = await connection(port);
    while (left > 0) {
      left -= 1;
      if (left % SIGNED_ANEW === 0) request = await sign();
      const { body } = await line.send(request);
      ids.push((JSON.parse(body) as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId);
    }
    line.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, maker));
  return ids;
}
