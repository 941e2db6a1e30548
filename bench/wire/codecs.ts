/**
 * Our compiled codecs beside those of the AWS SDK on the same values: JSON both ways with `kms:Encrypt`, XML
 * written with `iam:ListUsers`. Processor time per message, in turns; for JSON also what V8's own parser and
 * writer need for the same text alone, which no codec on top of them can fall below. The SDK has two JSON codecs:
 * the one its clients use, which writes bytes, and the one before it, which writes text.
 *
 *     node bench/wire/codecs.ts
 */
import * as Iam from '@aws-sdk/client-iam';
import * as Kms from '@aws-sdk/client-kms';
import {
  JsonShapeDeserializer,
  JsonShapeDeserializer2,
  JsonShapeSerializer,
  JsonShapeSerializer2,
  XmlShapeSerializer,
} from '@aws-sdk/core/protocols';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { parseJsonBody } from '../../src/wire/codec/json-text.ts';
import { jsonWriters } from '../../src/wire/codec/json-write.ts';
import { xmlWriters } from '../../src/wire/codec/xml-write.ts';
import { type ServiceModel, serviceModel } from '../../src/wire/schema/service-model.ts';
import type { StructureShape } from '../../src/wire/schema/shape.ts';
import { median } from '../measure.ts';

const ROUNDS = 15;
const MESSAGES = 20_000;

const REQUEST = {
  KeyId: 'arn:aws:kms:us-east-1:000012345678:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  Plaintext: Buffer.alloc(64, 7),
  EncryptionContext: { purpose: 'bench', owner: 'somebody' },
  EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
};
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

function inputOf(model: ServiceModel, operation: string): StructureShape {
  const shape = model.operations.get(operation);
  if (!shape) throw new Error(`no ${operation}`);
  return shape.input;
}

/** Microseconds of processor time per message. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let message = 0; message < MESSAGES; message += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MESSAGES;
}

async function compare(
  what: string,
  ours: () => unknown,
  theirs: () => unknown,
  floor?: () => unknown,
): Promise<void> {
  const rounds: { readonly one: number; readonly other: number; readonly least: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = await cost(ours);
    const other = await cost(theirs);
    rounds.push({ one, other, least: floor ? await cost(floor) : Number.NaN });
  }
  const one = median(rounds.map((round) => round.one)).toFixed(2);
  const other = median(rounds.map((round) => round.other)).toFixed(2);
  const ratio = median(rounds.map((round) => round.other / round.one)).toFixed(1);
  console.log(`${what}: ${one} µs, the SDK's ${other} µs: ${ratio} times as fast (asked: 3 to 5)`);
  if (!floor) return;
  const least = median(rounds.map((round) => round.least)).toFixed(2);
  const most = median(rounds.map((round) => round.other / round.least)).toFixed(1);
  console.log(`  V8's own JSON for the same text: ${least} µs, so that at most ${most} times can be had`);
}

const kms = serviceModel(Kms);
const iam = serviceModel(Iam);
const settings = { jsonName: false, timestampFormat: { useTrait: true, default: 7 as const } };
const context = { base64Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64') };
const decoder = { base64Decoder: (text: string) => Buffer.from(text, 'base64') };

const encryptInput = inputOf(kms, 'Encrypt');
const write = jsonWriters({ jsonName: false }).writerOf(encryptInput);
const READY = { ...REQUEST, Plaintext: REQUEST.Plaintext.toString('base64') };

function sdkWriter(serializer: JsonShapeSerializer | JsonShapeSerializer2): () => unknown {
  serializer.setSerdeContext({ ...context, utf8Encoder: String } as never);
  return () => {
    serializer.write(Kms.EncryptRequest$ as never, REQUEST);
    return serializer.flush();
  };
}

await compare(
  'JSON written as bytes',
  () => Buffer.from(write(REQUEST)),
  sdkWriter(new JsonShapeSerializer2(settings as never)),
  () => Buffer.from(JSON.stringify(READY)),
);
await compare(
  "JSON written as text, the SDK's older codec",
  () => write(REQUEST),
  sdkWriter(new JsonShapeSerializer(settings as never)),
  () => JSON.stringify(READY),
);

const body = Buffer.from(write(REQUEST));
const read = jsonReaders({ jsonName: false }).readerOf(encryptInput);

/** The SDK's readers change the buffer that they are given: they get a view of their own each time. */
function sdkReader(deserializer: JsonShapeDeserializer | JsonShapeDeserializer2): () => unknown {
  deserializer.setSerdeContext({
    ...decoder,
    utf8Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString(),
  } as never);
  return () => deserializer.read(Kms.EncryptRequest$ as never, body.subarray() as never);
}

const readOurs = () => read(parseJsonBody(body, 100));
const parseOnly = () => JSON.parse(body.toString('latin1'));
await compare('JSON read', readOurs, sdkReader(new JsonShapeDeserializer2(settings as never)), parseOnly);
await compare(
  "JSON read, the SDK's older codec",
  readOurs,
  sdkReader(new JsonShapeDeserializer(settings as never)),
  parseOnly,
);

const listUsers = iam.operations.get('ListUsers')?.output;
if (!listUsers) throw new Error('no ListUsers');
const element = xmlWriters().inner(listUsers);
const xml = new XmlShapeSerializer({
  xmlNamespace: '',
  serviceNamespace: 'com.amazonaws.iam',
  timestampFormat: { useTrait: true, default: 5 as const },
} as never);
xml.setSerdeContext(context as never);
await compare(
  'XML written',
  () => element(USERS),
  () => {
    xml.write(Iam.ListUsersResponse$ as never, USERS);
    return xml.flush();
  },
);
