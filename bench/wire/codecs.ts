/**
 * Our compiled codecs beside those of the AWS SDK on the same values. JSON both ways with the messages of
 * `codec-messages.ts`, against the codec that the client of each service uses (DynamoDB's has one of its own);
 * also what V8's own parser and writer need for the same text alone. XML written with `iam:ListUsers`.
 * Processor time per message, in turns; the functions see all messages, as a server's do.
 *
 * What is written is measured as bytes, ready for a socket: the front door itself sends what is ASCII as a text in one
 * piece with the head, which spares a copy that is counted here.
 *
 *     node bench/wire/codecs.ts [--rounds 15]
 */
import { parseArgs } from 'node:util';
import * as Iam from '@aws-sdk/client-iam';
import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { jsonWriters } from '../../src/wire/codec/json-write.ts';
import { xmlWriters } from '../../src/wire/codec/xml-write.ts';
import { serviceModel } from '../../src/wire/schema/service-model.ts';
import { median } from '../measure.ts';
import { MESSAGES, type Message } from './codec-messages.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' } },
  strict: false,
});
const ROUNDS = Number(values.rounds);
const WARM_UP_ROUNDS = 3;
/** Bytes of messages in a measurement, so that long ones are not repeated as often. */
const BYTES_IN_TURN = 1_500_000;
const DEPTH = 100;

interface Contest {
  readonly what: string;
  readonly bytes: number;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
  /** V8's own. */
  readonly floor: (() => unknown) | undefined;
}

/** What a client of the SDK encodes and decodes with. */
interface SdkCodec {
  setSerdeContext(context: unknown): void;
  createSerializer(): { write(schema: unknown, value: unknown): void; flush(): Uint8Array };
  createDeserializer(): { read(schema: unknown, bytes: Uint8Array): unknown };
}
interface SdkClient {
  readonly config: { readonly protocol: { getPayloadCodec(): SdkCodec } };
}

function codecOf(client: object): SdkCodec {
  const found = Object.entries(client).find(([name]) => name.endsWith('Client') && !name.startsWith('_'));
  const Client = found?.[1] as new (config: object) => SdkClient;
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const { config } = new Client({ region: 'us-east-1', credentials });
  const codec = config.protocol.getPayloadCodec();
  codec.setSerdeContext(config);
  return codec;
}

function contestsOf({ client, operation, side, value }: Message): [written: Contest, read: Contest] {
  const model = serviceModel(client);
  const shape = model.operations.get(operation)?.[side];
  const schema = (client as Record<string, readonly unknown[]>)[`${operation}$`]?.[side === 'input' ? 4 : 5];
  if (!shape || !schema) throw new Error(`no ${operation}`);
  const options = { jsonName: model.protocol === 'restJson1' };
  const write = jsonWriters(options).bodyWriterOf(shape);
  const read = jsonReaders(options).bodyReaderOf(shape);
  const written = () => {
    const body = write(value);
    return typeof body === 'string' ? Buffer.from(body) : body;
  };
  const codec = codecOf(client);
  const serializer = codec.createSerializer();
  const deserializer = codec.createDeserializer();
  const writtenByThem = () => {
    serializer.write(schema, value);
    return serializer.flush();
  };
  const body = written();
  const ready: unknown = JSON.parse(body.toString());
  return [
    {
      what: operation,
      bytes: body.length,
      ours: written,
      theirs: writtenByThem,
      floor: () => Buffer.from(JSON.stringify(ready)),
    },
    {
      what: operation,
      bytes: body.length,
      ours: () => read(body, DEPTH),
      theirs: () => deserializer.read(schema, body),
      floor: () => JSON.parse(body.toString('utf8')),
    },
  ];
}

/** Microseconds of processor time per message. */
async function cost(work: () => unknown, messages: number): Promise<number> {
  const before = process.cpuUsage();
  for (let message = 0; message < messages; message += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / messages;
}

interface Round {
  readonly ours: number;
  readonly theirs: number;
  readonly floor: number;
}

async function measure(contests: readonly Contest[]): Promise<Map<Contest, Round[]>> {
  const measured = new Map(contests.map((contest) => [contest, [] as Round[]]));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [contest, rounds] of measured) {
      const messages = Math.ceil(BYTES_IN_TURN / (contest.bytes + 200));
      const ours = await cost(contest.ours, messages);
      const theirs = await cost(contest.theirs, messages);
      const floor = contest.floor ? await cost(contest.floor, messages) : Number.NaN;
      if (round >= 0) rounds.push({ ours, theirs, floor });
    }
  }
  return measured;
}

const mean = (ratios: readonly number[]) =>
  Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);

async function report(title: string, contests: readonly Contest[]): Promise<void> {
  const ratios: number[] = [];
  const most: number[] = [];
  console.log(title);
  for (const [{ what, bytes }, rounds] of await measure(contests)) {
    const times = (one: (round: Round) => number) => median(rounds.map(one));
    const ratio = times(({ ours, theirs }) => theirs / ours);
    const bound = times(({ theirs, floor }) => theirs / floor);
    ratios.push(ratio);
    most.push(bound);
    const spent = `${times(({ ours }) => ours).toFixed(2)} µs, the SDK's ${times(({ theirs }) => theirs).toFixed(2)}`;
    const v8 = Number.isNaN(bound) ? '' : ` (V8's own JSON: ${bound.toFixed(2)})`;
    console.log(
      `  ${what.padEnd(25)}${String(bytes).padStart(6)} bytes: ${spent}: ${ratio.toFixed(2)} times as fast${v8}`,
    );
  }
  const v8 = most.some(Number.isNaN) ? '' : `; V8's own JSON: ${mean(most).toFixed(2)}`;
  console.log(`  geometric mean: ${mean(ratios).toFixed(2)} times as fast (asked: 3 to 5)${v8}`);
}

const USERS = {
  Users: Array.from({ length: 10 }, (_, index) => ({
    Path: '/',
    UserName: `user-${index}`,
    UserId: 'AIDAEXAMPLEEXAMPLE123',
    Arn: `arn:aws:iam::000012345678:user/user-${index}`,
    CreateDate: new Date(1_790_000_000_000),
  })),
  IsTruncated: false,
};

function xmlContest(): Contest {
  const shape = serviceModel(Iam).operations.get('ListUsers')?.output;
  if (!shape) throw new Error('no ListUsers');
  const element = xmlWriters().inner(shape);
  const xml = new XmlShapeSerializer({
    xmlNamespace: '',
    serviceNamespace: 'com.amazonaws.iam',
    timestampFormat: { useTrait: true, default: 5 as const },
  } as never);
  xml.setSerdeContext({
    base64Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
  } as never);
  const theirs = () => {
    xml.write(Iam.ListUsersResponse$ as never, USERS);
    return xml.flush();
  };
  return {
    what: 'ListUsers',
    bytes: element(USERS).length,
    ours: () => element(USERS),
    theirs,
    floor: undefined,
  };
}

const contests = MESSAGES.map(contestsOf);
const written = contests.map(([each]) => each);
const read = contests.map(([, each]) => each);
await report('JSON written', written);
await report('JSON read', read);
await report('XML written', [xmlContest()]);
