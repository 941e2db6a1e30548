import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  ACCEPT,
  allow,
  decisionOf,
  edit,
  gitIn,
  keyIn,
  ok,
  prepare,
  programIn,
  riskOf,
  SATO,
  TANAKA,
} from './decisions-program.ts';
import { inFolder } from './program.ts';

const LOG = 'honmaru.decisions.jsonl';

test('the life of a risk: found, proposed, accepted, kept, lapsed, reduced, closed with evidence', () =>
  inFolder(async (folder) => {
    const honmaru = programIn(folder);
    prepare(folder);
    const template = join(folder, 'template.yaml');
    const bare = readFileSync(template, 'utf8');

    // Found.
    const id = await riskOf(honmaru, '2027-01-04', 'ssrf-imds');
    const stands = (day: string) => decisionOf(honmaru, day, id);
    assert.equal((await stands('2027-01-04')).status, 'undecided');

    // Proposed; the proposer cannot decide, the owner can.
    await ok(honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
    assert.equal((await stands('2027-01-04')).status, 'proposed');
    const own = await honmaru('2027-01-05', 'risk', 'decide', id, '--by', TANAKA);
    assert.equal(own.code, 2);
    assert.match(own.err, /only the owner, Sato <sato@example.com>, decides about this risk/);
    await ok(honmaru('2027-01-05', 'risk', 'decide', id.slice(0, 8), '--by', SATO));

    // Unchanged facts keep it, also when the file looks different.
    writeFileSync(template, `# a comment\n${bare.replace('Description: >-', 'Description: >')}`);
    const { status, counts, until, assurance, decidedBy, proposedBy } = await stands('2027-02-01');
    assert.deepEqual(
      { status, counts, until, assurance, decidedBy, proposedBy },
      {
        status: 'accepted',
        counts: true,
        until: '2027-03-31',
        assurance: 'unsigned',
        decidedBy: SATO,
        proposedBy: TANAKA,
      },
    );

    // A renamed file and resource are proposed as moved, and keep it with the entries.
    writeFileSync(join(folder, 'app.yaml'), bare.replaceAll(/\bWebServer\b/g, 'AppServer'));
    const proposal = await ok(honmaru('2027-02-02', 'diff', 'template.yaml', 'app.yaml'));
    const pasted = /^moved:\n( {2}.*\n)+/m.exec(proposal)?.[0] ?? '';
    assert.equal(pasted, 'moved:\n  cfn:template: cfn:app\n  cfn:template/WebServer: cfn:app/AppServer\n');
    renameSync(join(folder, 'app.yaml'), template);
    writeFileSync(join(folder, 'honmaru.yaml'), `owner: ${SATO}\nstacks: { template.yaml: app }\n`);
    assert.equal(
      (await stands('2027-02-02')).status,
      'absent',
      'under other names it is another environment',
    );
    const moved = `owner: ${SATO}\nstacks: { template.yaml: app }\n${pasted}`;
    writeFileSync(join(folder, 'honmaru.yaml'), moved);
    assert.equal((await stands('2027-02-02')).status, 'accepted');
    await ok(honmaru('2027-02-02', 'risk', 'review', '--by', TANAKA));
    assert.match(
      await ok(honmaru('2027-02-02', 'risk', 'history', id)),
      /#\d .*renamed cfn:template\/WebServer → cfn:app\/AppServer/,
    );

    // A changed class lapses it.
    writeFileSync(
      join(folder, 'honmaru.yaml'),
      `${moved}assets:\n  UploadBucket: {confidentiality: 3, integrity: 3, availability: 3}\n`,
    );
    const classed = await stands('2027-02-03');
    assert.deepEqual([classed.status, classed.why.en], ['lapsed', 'the class of an asset has changed']);

    // A changed path lapses it.
    writeFileSync(join(folder, 'honmaru.yaml'), moved);
    assert.equal((await stands('2027-02-03')).status, 'accepted', 'facts that return keep it');
    edit(folder, 'template.yaml', [
      'SecurityGroups: [!Ref LoadBalancerSecurityGroup]',
      'SecurityGroups: [!Ref OpenGroup]',
    ]);
    edit(folder, 'template.yaml', [
      '  LoadBalancer:\n',
      [
        '  OpenGroup:',
        '    Type: AWS::EC2::SecurityGroup',
        '    Properties:',
        '      GroupDescription: Web traffic',
        '      VpcId: !Ref Vpc',
        '      SecurityGroupIngress:',
        '        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }',
        '',
        '  LoadBalancer:\n',
      ].join('\n'),
    ]);
    edit(folder, 'template.yaml', [
      'SourceSecurityGroupId: !Ref LoadBalancerSecurityGroup',
      'SourceSecurityGroupId: !Ref OpenGroup',
    ]);
    const rerouted = await stands('2027-02-04');
    assert.equal(rerouted.status, 'lapsed');
    assert.match(rerouted.why.en, /the path to the event has changed/);

    // The record of a lapse stays when the facts return; the date would have lapsed it too.
    await ok(honmaru('2027-02-04', 'risk', 'review', '--by', TANAKA));
    writeFileSync(template, bare.replaceAll(/\bWebServer\b/g, 'AppServer'));
    assert.equal((await stands('2027-02-05')).status, 'lapsed');
    await ok(honmaru('2027-02-05', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
    await ok(honmaru('2027-02-05', 'risk', 'decide', id, '--by', SATO));
    assert.equal((await stands('2027-03-31T23:59:59Z')).status, 'accepted');
    const over = await stands('2027-04-01T00:00:00Z');
    assert.deepEqual([over.status, over.why.en], ['lapsed', 'its last day was 2027-03-31']);

    // Reduce: closed only when the safeguards are on, with them as evidence.
    const reduce = ['--response', 'reduce', '--reason', 'IMDSv2 and a smaller role'];
    await ok(honmaru('2027-04-02', 'risk', 'treat', id, ...reduce, '--by', TANAKA));
    await ok(honmaru('2027-04-02', 'risk', 'decide', id, '--by', SATO));
    assert.equal((await stands('2027-04-02')).status, 'reducing');
    const early = await honmaru('2027-04-02', 'risk', 'close', id, '--by', SATO);
    assert.equal(early.code, 2);
    assert.match(early.err, /the value is 9 and was to come down to 4; not on: .*imdsv2@cfn:app\/AppServer/);
    edit(
      folder,
      'template.yaml',
      [
        '      InstanceType: t3.small\n',
        '      InstanceType: t3.small\n      MetadataOptions: { HttpTokens: required }\n',
      ],
      [
        "                Action: s3:*\n                Resource: '*'\n",
        '                Action: [s3:GetObject, s3:PutObject]\n                Resource: !Sub ${UploadBucket.Arn}/*\n',
      ],
    );
    await honmaru('2027-04-03', 'assess', '.');
    const stranger = await honmaru('2027-04-03', 'risk', 'close', id, '--by', TANAKA);
    assert.equal(stranger.code, 2);
    const said = ['--evidence', 'ticket 42'];
    const done = await ok(honmaru('2027-04-03', 'risk', 'close', id, ...said, '--by', SATO));
    assert.match(done, /closed, because .*ticket 42/);
    const closed = await stands('2027-04-04');
    assert.equal(closed.status, 'closed');
    assert.deepEqual(closed.evidence, [
      { kind: 'value', what: 'value 2-4 at 2027-04-03T09:00:00.000Z' },
      { kind: 'safeguard', what: 'iam-least-privilege:permissions@cfn:app/WebRole', state: 'on' },
      { kind: 'safeguard', what: 'imdsv2@cfn:app/AppServer', state: 'on' },
      { kind: 'said', what: 'ticket 42' },
    ]);

    // Undone, it is back.
    writeFileSync(template, bare.replaceAll(/\bWebServer\b/g, 'AppServer'));
    assert.equal((await stands('2027-04-05')).status, 'lapsed');
    assert.match(
      await ok(honmaru('2027-04-05', 'risk', 'review', '--by', TANAKA)),
      /reopened: it was closed/,
    );
    assert.equal((await stands('2027-04-05')).status, 'undecided');
    const verified = await honmaru('2027-04-05', 'risk', 'verify');
    assert.deepEqual([verified.code, verified.err], [0, '']);
  }));

describe('two branches that each decide', () => {
  test('merge in git with a signed manifest of heads; tampered, reordered and cut histories are named', () =>
    inFolder(async (folder) => {
      const git = gitIn(folder);
      const honmaru = programIn(folder);
      const sato = keyIn(folder, 'sato');
      prepare(folder);
      allow(folder, `sato@example.com ${sato.key}`);
      const log = join(folder, LOG);
      writeFileSync(join(folder, '.gitignore'), 'data*\nsato*\n');
      git('init', '-q', '-b', 'main');
      const ids: string[] = [];
      const decideOn = async (branch: string, rule: string) => {
        const data = ['--data', join(folder, `data-${branch}`)];
        const id = await riskOf(honmaru, '2027-01-04', rule, ...data);
        ids.push(id);
        await ok(honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA, ...data));
        const sign = ['--by', SATO, '--sign', sato.file];
        await ok(honmaru('2027-01-05', 'risk', 'decide', id, ...sign, ...data));
        const out = ['--out', LOG, '--gitattributes'];
        await ok(honmaru('2027-01-05', 'risk', 'export', ...out, ...sign, ...data));
        git('add', '.');
        git('commit', '-qm', branch);
      };
      await decideOn('main', 'db-flat');
      for (const [branch, rule] of [
        ['one', 'single-az'],
        ['two', 'http-plain'],
      ] as const) {
        git('checkout', '-q', '-b', branch, 'main');
        await decideOn(branch, rule);
      }
      git('merge', '-q', '--no-edit', 'one');

      const merged = await honmaru('2027-01-06', 'risk', 'verify', LOG, '--base', 'main');
      assert.deepEqual([merged.code, merged.err], [0, '']);
      assert.match(merged.out, /3 histories are whole; in force: 3 signed/);
      const apart = ['--data', join(folder, 'data-fresh')];
      for (const id of ids) {
        const { status, assurance, counts } = await decisionOf(honmaru, '2027-01-06', id, ...apart);
        assert.deepEqual([status, assurance, counts], ['accepted', 'signed', true]);
      }

      const whole = readFileSync(log, 'utf8');
      const anchor = join(folder, 'heads.json');
      await ok(honmaru('2027-01-06', 'risk', 'import', LOG, ...apart));
      await ok(honmaru('2027-01-06', 'risk', 'anchor', '--out', anchor, ...apart));
      const told = async (content: string) => {
        writeFileSync(log, content);
        const ran = await honmaru('2027-01-06', 'risk', 'verify', LOG, '--anchor', anchor);
        assert.equal(ran.code, 2, ran.out);
        return ran.err;
      };
      const lines = whole.trimEnd().split('\n');
      const entries = lines.filter((line) => !line.includes('"kind":"heads"'));
      assert.match(
        await told(whole.replace('Tanaka <', 'Suzuki <')),
        /#0 was altered: its hash does not fit/,
      );
      const [first = '', second = '', ...rest] = lines;
      assert.match(await told([second, first, ...rest].join('\n')), /the lines were reordered/);
      assert.match(await told(entries.slice(0, -1).join('\n')), /was cut or rewritten: its anchored head/);
      const assessed = await honmaru('2027-01-06', 'assess', '.', ...apart, '--no-store');
      assert.equal(
        assessed.code,
        0,
        'without the anchor a cut that took the manifest along is a shorter history',
      );
      writeFileSync(log, whole.replace('test data only', 'nothing at all'));
      const damaged = await honmaru('2027-01-06', 'assess', '.', '--no-store');
      assert.equal(damaged.code, 2);
      assert.match(damaged.err, /honmaru.decisions.jsonl:1:1: .*was altered/);
    }));

  test('about the same risk fork, which is named, and decides nothing until somebody mends it', () =>
    inFolder(async (folder) => {
      const git = gitIn(folder);
      const honmaru = programIn(folder);
      prepare(folder);
      writeFileSync(join(folder, '.gitignore'), 'data*\n');
      writeFileSync(join(folder, '.gitattributes'), `${LOG} merge=union\n`);
      git('init', '-q', '-b', 'main');
      git('add', '.');
      git('commit', '-qm', 'start');
      let id = '';
      for (const branch of ['one', 'two']) {
        git('checkout', '-q', '-b', branch, 'main');
        const data = ['--data', join(folder, `data-${branch}`)];
        id = await riskOf(honmaru, '2027-01-04', 'db-flat', ...data);
        const reason = ['--reason', `on ${branch}`];
        await ok(honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, ...reason, '--by', TANAKA, ...data));
        await ok(honmaru('2027-01-04', 'risk', 'export', '--out', LOG, ...data));
        git('add', '.');
        git('commit', '-qm', branch);
      }
      git('merge', '-q', '--no-edit', 'one');
      const verified = await honmaru('2027-01-05', 'risk', 'verify', LOG);
      assert.equal(verified.code, 2);
      assert.match(verified.err, /#0 stands twice: the history forks \(two decisions at once\)/);
      const { status } = await decisionOf(honmaru, '2027-01-05', id, '--no-store');
      assert.equal(status, 'undecided');

      // Mended as it says: one branch's file, what else the other one has, and a new decision.
      const data = ['--data', join(folder, 'data-mended')];
      git('checkout', 'one', '--', LOG);
      writeFileSync(join(folder, 'other.jsonl'), git('show', 'two^1:honmaru.decisions.jsonl'));
      await honmaru('2027-01-05', 'assess', '.', ...data);
      assert.match(await ok(honmaru('2027-01-05', 'risk', 'import', LOG, ...data)), /^1 entries taken over/);
      const other = await honmaru('2027-01-05', 'risk', 'import', 'other.jsonl', ...data);
      assert.equal(other.code, 2);
      assert.match(other.err, /two different entries are recorded as \w+ #0 .*: the histories fork/);
      await ok(honmaru('2027-01-05', 'risk', 'decide', id, '--by', SATO, ...data));
      await ok(honmaru('2027-01-05', 'risk', 'export', '--out', LOG, ...data));
      assert.equal((await honmaru('2027-01-06', 'risk', 'verify', LOG)).code, 0);
    }));
});
