import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { accountStack } from './apps/reference.ts';
import { violations } from './support/schema.ts';
import { ofType, type Synthesized, synthesized, type TemplateResource } from './support/synthesized.ts';

function economical<T>(use: (made: Synthesized) => T): T {
  return synthesized(
    (app) => accountStack(app, { securityHub: 'economical', only: ['security-hub', 'config'] }),
    use,
  );
}

function only(made: Synthesized, type: string): TemplateResource {
  const found = ofType(made, type).filter(([id]) => id.startsWith('SecurityHub'));
  assert.equal(found.length, 1, type);
  return found[0]?.[1] as TemplateResource;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Resource?: string | object;
  readonly Seconds?: number;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

test('Security Hub is enabled, collects for 24 hours, is exported and disabled, in this order', () =>
  economical((made) => {
    for (const template of made.templates.values()) assert.deepEqual(violations(template), []);
    assert.equal(ofType(made, 'AWS::SecurityHub::Hub').length, 0);
    const machine = only(made, 'AWS::StepFunctions::StateMachine').Properties?.Definition as {
      readonly StartAt: string;
      readonly States: Readonly<Record<string, State>>;
    };
    const order: string[] = [];
    for (let name: string | undefined = machine.StartAt; name; ) {
      order.push(name);
      const state: State | undefined = machine.States[name];
      name = state?.Next ?? state?.Default;
    }
    assert.deepEqual(order, ['Enable', 'Collect', 'Begin', 'Export', 'More', 'Disable']);
    assert.equal(machine.States.Collect?.Seconds, 86_400);
    assert.deepEqual(machine.States.Enable?.Catch, [
      { ErrorEquals: ['SecurityHub.ResourceConflictException'], Next: 'AlreadyEnabled' },
    ]);
    assert.equal(machine.States.AlreadyEnabled?.Type, 'Succeed');
  }));

test('it begins once a month and may do nothing else', () =>
  economical((made) => {
    const schedule = only(made, 'AWS::Scheduler::Schedule').Properties;
    assert.equal(schedule?.ScheduleExpression, 'cron(0 0 1 * ? *)');
    const roles = JSON.stringify(
      ofType(made, 'AWS::IAM::Role').filter(([id]) => id.startsWith('SecurityHub')),
    );
    assert.doesNotMatch(roles, /securityhub:\*|s3:\*|"Action":"\*"/);
  }));

interface Stored {
  readonly Key: string;
  readonly Body: string;
}

/** Runs the function's own code with clients that hand out pages of findings and remember what is stored. */
async function exported(code: string, pages: number, timeLeft: () => number): Promise<readonly Stored[]> {
  const stored: Stored[] = [];
  class Command {
    readonly input: Record<string, string>;
    constructor(input: Record<string, string>) {
      this.input = input;
    }
  }
  class Hub {
    async send({ input }: Command) {
      const page = Number(input.NextToken ?? 0);
      return {
        Findings: [{ Id: `a${page}` }, { Id: `b${page}` }],
        NextToken: page + 1 < pages ? String(page + 1) : undefined,
      };
    }
  }
  class Storage {
    async send({ input }: Command) {
      stored.push(input as unknown as Stored);
    }
  }
  const modules: Readonly<Record<string, object>> = {
    '@aws-sdk/client-securityhub': { SecurityHubClient: Hub, GetFindingsCommand: Command },
    '@aws-sdk/client-s3': { S3Client: Storage, PutObjectCommand: Command },
  };
  const exports: { handler?: (event: object, context: object) => Promise<{ more: boolean }> } = {};
  runInNewContext(code, {
    exports,
    require: (name: string) => modules[name],
    process: { env: { BUCKET: 'evidence' } },
  });
  let event: { more?: boolean } = { execution: 'run-1', part: 0 } as object;
  do {
    event = (await exports.handler?.(event, { getRemainingTimeInMillis: timeLeft })) ?? {};
  } while (event.more);
  return stored;
}

test('every finding is exported, also when the time of one call is not enough', async () => {
  const code = economical((made) => {
    const { Code } = only(made, 'AWS::Lambda::Function').Properties as { Code: { ZipFile: string } };
    return Code.ZipFile;
  });
  assert.ok(code.length < 4096, 'CloudFormation takes inline code of at most 4096 characters');
  const atOnce = await exported(code, 5, () => 900_000);
  assert.deepEqual(
    atOnce.map(({ Key }) => Key),
    ['security-hub/run-1/findings-0000.ndjson'],
  );
  assert.equal(atOnce[0]?.Body.split('\n').length, 10);
  const bitByBit = await exported(code, 3, () => 0);
  assert.deepEqual(
    bitByBit.map(({ Body }) => Body.split('\n').map((line) => JSON.parse(line).Id)),
    [
      ['a0', 'b0'],
      ['a1', 'b1'],
      ['a2', 'b2'],
    ],
  );
});
