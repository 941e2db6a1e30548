import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Api, Collector, Output } from './api.ts';
import { COLLECTORS } from './collectors.ts';

const ACCOUNT = '111122223333';

/** Words on which a collector asks further, each as its service writes it. */
const TELLING: Readonly<Record<string, unknown>> = {
  Config: { PrivateZone: true },
  DeviceIndex: '1',
  InternetGatewayBlockMode: 'block-bidirectional',
  KeySpec: 'SYMMETRIC_DEFAULT',
  Organization: { Id: 'o-1', MasterAccountId: ACCOUNT },
  Name: 'AWS-RunPatchBaseline',
  OwnerId: ACCOUNT,
  State: 'COMPLETE',
  Status: 'Active',
  SubscriptionState: 'ACTIVE',
  TaskArn: 'AWS-RunPatchBaseline',
};

/** An answer in which every property is there, of one kind: a text, a list of such answers, or such an answer. */
function answer(kind: 'text' | 'list' | 'map', depth = 0): Output {
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === 'string' && Object.hasOwn(TELLING, name)) return TELLING[name];
        if (kind === 'text' || depth > 3) return /polic|content|pattern/i.test(String(name)) ? '{}' : 'x';
        return kind === 'list' ? [answer(kind, depth + 1), 'x'] : answer(kind, depth + 1);
      },
    },
  );
}

async function operationsOf(collector: Collector): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  for (const kind of ['text', 'list', 'map'] as const) {
    const ask = (operation: string) => {
      assert.ok(Object.hasOwn(collector.actions, operation), `${collector.id} asks ${operation}`);
      asked.add(operation);
    };
    const api: Api = {
      account: ACCOUNT,
      partition: 'aws',
      region: 'eu-west-1',
      call: async (operation) => {
        ask(operation);
        return answer(kind);
      },
      all: async (operation) => {
        ask(operation);
        return [answer(kind), answer('text')];
      },
      some: async (operation) => {
        ask(operation);
        return [answer(kind), answer('text')];
      },
      texts: async (operation) => {
        ask(operation);
        return ['x'];
      },
      detail: async (operation) => {
        ask(operation);
        return { is: 'read', output: answer(kind) };
      },
      arn: (service, rest) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`,
    };
    await collector.read(api);
  }
  return asked;
}

describe('the calls of each collector', () => {
  for (const collector of COLLECTORS) {
    test(`are those that it declares, and all of them: ${collector.id}`, async () => {
      const asked = await operationsOf(collector);
      assert.deepEqual([...asked].sort(), Object.keys(collector.actions).sort());
    });
  }
});
