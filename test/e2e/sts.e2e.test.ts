import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  EnableOutboundWebIdentityFederationCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetWebIdentityTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { sessionKeys } from '../../src/platform/sessions.ts';
import { startProvider, THUMBPRINT } from '../../src/services/sts/testing-provider.ts';
import { assertionOf, METADATA, OURS, posted, signed } from '../../src/services/sts/testing-saml.ts';
import { PYENV_ROOT, programOnPath, run } from './program.ts';
import { runAsync } from './run-async.ts';
import { type AdminKey, setUp, startNode, type UpNode } from './up-node.ts';

const python = ['python3', 'python']
  .map((name) => programOnPath(name))
  .find((path) => path !== undefined && run(path, ['-c', 'import boto3, awscli']).code === 0);
const SKIP = python === undefined && 'SKIPPED: boto3 and aws-cli are not on this machine';

interface Credentials extends AdminKey {
  readonly sessionToken?: string;
}

/** A call that the front door must refuse, and AWS's answer to it. */
interface Refused {
  readonly what: string;
  readonly code: string;
  readonly message: RegExp;
  readonly credentials: () => Credentials;
  readonly operation?: 'GetAccessKeyInfo';
  readonly endpoint?: () => string;
  readonly clockOffsetSeconds?: number;
}

interface Answer {
  readonly code: string;
  readonly message: string;
}

const EXAMPLE_KEY = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' };

describe('what STS refuses, as real clients see it', () => {
  let folder: string;
  let node: UpNode;
  let admin: AdminKey;
  let nobody: Credentials;
  let expired: Credentials;
  let tampering: Awaited<ReturnType<typeof startTampering>>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-sts-'));
    node = await startNode(folder);
    admin = setUp(folder);
    tampering = await startTampering(node.endpoint);
    const iam = new IAMClient({ endpoint: node.endpoint, region: 'us-east-1', credentials: admin });
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
    iam.destroy();
    nobody = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    expired = await expiredSession(folder, User?.Arn?.split(':')[4] ?? '', User?.UserId ?? '');
  });
  after(async () => {
    await tampering.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const REFUSED: readonly Refused[] = [
    {
      what: 'a wrong secret',
      code: 'SignatureDoesNotMatch',
      message: /^The request signature we calculated does not match the signature you provided\./,
      credentials: () => ({ ...admin, secretAccessKey: 'wrong' }),
    },
    {
      what: 'an unknown key',
      code: 'InvalidClientTokenId',
      message: /^The security token included in the request is invalid\.?$/,
      credentials: () => ({ ...admin, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }),
    },
    {
      what: 'an expired token',
      code: 'ExpiredToken',
      message: /^The security token included in the request is expired$/,
      credentials: () => expired,
    },
    {
      what: 'a token that was changed',
      code: 'InvalidClientTokenId',
      message: /^The security token included in the request is invalid\.?$/,
      credentials: () => ({ ...expired, sessionToken: changed(expired.sessionToken ?? '') }),
    },
    {
      what: 'a clock that is twenty minutes slow',
      code: 'SignatureDoesNotMatch',
      message: /^Signature expired: \w{16} is now earlier than \w{16} \(\w{16} - 15 min\.\)$/,
      credentials: () => admin,
      clockOffsetSeconds: -1_200,
    },
    {
      what: 'a clock that is twenty minutes fast',
      code: 'SignatureDoesNotMatch',
      message: /^Signature not yet current: \w{16} is still later than \w{16} \(\w{16} \+ 15 min\.\)$/,
      credentials: () => admin,
      clockOffsetSeconds: 1_200,
    },
    {
      what: 'a body that was changed on the way',
      code: 'SignatureDoesNotMatch',
      message: /^The request signature we calculated does not match the signature you provided\./,
      credentials: () => admin,
      endpoint: () => tampering.endpoint,
    },
    {
      what: 'a missing permission',
      code: 'AccessDenied',
      message:
        /^User: arn:aws:iam::\d{12}:user\/nobody is not authorized to perform: sts:GetAccessKeyInfo on resource: \* because no identity-based policy allows the sts:GetAccessKeyInfo action$/,
      credentials: () => nobody,
      operation: 'GetAccessKeyInfo',
    },
  ];

  for (const refused of REFUSED) {
    const expected = (answer: Answer, client: string) => {
      assert.equal(answer.code, refused.code, `${client}: ${answer.message}`);
      assert.match(answer.message, refused.message, client);
    };
    test(`${refused.what}: @aws-sdk`, async () => {
      const client = new STSClient({
        endpoint: refused.endpoint?.() ?? node.endpoint,
        region: 'us-east-1',
        credentials: refused.credentials(),
        maxAttempts: 1,
        systemClockOffset: (refused.clockOffsetSeconds ?? 0) * 1_000,
      });
      const sent = refused.operation
        ? client.send(new GetAccessKeyInfoCommand(EXAMPLE_KEY))
        : client.send(new GetCallerIdentityCommand({}));
      expected(await sent.then(NOT_REFUSED, errorOf), '@aws-sdk');
      client.destroy();
    });
    test(`${refused.what}: boto3 and aws-cli`, { skip: SKIP }, async () => {
      const { accessKeyId, secretAccessKey, sessionToken = '' } = refused.credentials();
      for (const program of ['boto3', 'aws-cli']) {
        const words = [
          join(import.meta.dirname, 'sts-clients.py'),
          program,
          refused.endpoint?.() ?? node.endpoint,
          refused.operation ?? 'GetCallerIdentity',
          String(refused.clockOffsetSeconds ?? 0),
        ];
        const env = {
          HOME: folder,
          PYENV_ROOT,
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          ...(sessionToken === '' ? {} : { AWS_SESSION_TOKEN: sessionToken }),
          AWS_MAX_ATTEMPTS: '1',
          AWS_EC2_METADATA_DISABLED: 'true',
        };
        const { code, out, err } = await runAsync(python ?? '', words, { cwd: folder, env });
        assert.equal(code, 0, err);
        expected(JSON.parse(out) as Answer, program);
      }
    });
  }

  test('a refusal carries its details, for whoever may decode them', async () => {
    const options = { endpoint: node.endpoint, region: 'us-east-1', maxAttempts: 1 };
    const refused = new STSClient({ ...options, credentials: nobody });
    const EncodedMessage = await refused.send(new GetAccessKeyInfoCommand(EXAMPLE_KEY)).then(
      () => undefined,
      ({ $response }) => $response?.headers['x-honmaru-authorization-message'],
    );
    await assert.rejects(refused.send(new DecodeAuthorizationMessageCommand({ EncodedMessage })), {
      name: 'AccessDenied',
    });
    const sts = new STSClient({ ...options, credentials: admin });
    const { DecodedMessage } = await sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
    const { allowed, explicitDeny, context } = JSON.parse(DecodedMessage ?? '');
    assert.deepEqual([allowed, explicitDeny, context.action], [false, false, 'sts:GetAccessKeyInfo']);
    assert.match(context.principal.arn, /:user\/nobody$/);
    for (const each of [refused, sts]) each.destroy();
  });

  test('an identity token is checked with what its issuer publishes at the endpoint', async () => {
    const options = { endpoint: node.endpoint, region: 'us-east-1', credentials: admin };
    const [iam, sts] = [new IAMClient(options), new STSClient(options)];
    const { IssuerIdentifier } = await iam.send(new EnableOutboundWebIdentityFederationCommand({}));
    const { WebIdentityToken = '' } = await sts.send(
      new GetWebIdentityTokenCommand({ Audience: ['https://api.example.com'], SigningAlgorithm: 'RS256' }),
    );
    const found = await fetch(`${IssuerIdentifier}/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = (await found.json()) as { issuer: string; jwks_uri: string };
    const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: JsonWebKey[] };
    const [head = '', body = '', signature = ''] = WebIdentityToken.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const jwk = keys.find((key) => key.kid === kid);
    assert.ok(jwk);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    assert.ok(
      verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')),
      'the signature holds',
    );
    const { iss, sub } = JSON.parse(Buffer.from(body, 'base64url').toString());
    assert.deepEqual([iss, issuer], [IssuerIdentifier, IssuerIdentifier]);
    assert.match(sub, /:user\/admin$/);
    for (const each of [iam, sts]) each.destroy();
  });

  test('sessions act as their role until it is gone, and are revoked by their time of issue', async () => {
    const options = { endpoint: node.endpoint, region: 'us-east-1', maxAttempts: 1 };
    const iam = new IAMClient({ ...options, credentials: admin });
    const sts = new STSClient({ ...options, credentials: admin });
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    const statement = (more: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
    const trust = { Principal: { AWS: `arn:aws:iam::${Account}:root` }, Action: 'sts:AssumeRole' };
    const makeRole = () =>
      iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: statement(trust) }));
    const { Role } = await makeRole();
    const assume = async () => {
      const input = { RoleArn: Role?.Arn, RoleSessionName: 'work', DurationSeconds: 900 };
      const { Credentials } = await sts.send(new AssumeRoleCommand(input));
      return new STSClient({
        ...options,
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        },
      });
    };
    const grant = (document: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: document }));
    const allow = { Action: 'sts:*', Resource: '*' };
    await grant(statement(allow));
    const session = await assume();
    const look = () => session.send(new GetAccessKeyInfoCommand({ AccessKeyId: admin.accessKeyId }));
    assert.equal((await look()).Account, Account);
    const revoke = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(Date.now() + 60_000).toISOString() } },
    };
    await grant(
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...allow }, revoke] }),
    );
    await assert.rejects(look(), {
      name: 'AccessDenied',
      message: /with an explicit deny in an identity-based policy$/,
    });
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'p' }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'app' }));
    await makeRole();
    await assert.rejects(session.send(new GetCallerIdentityCommand({})), { name: 'InvalidClientTokenId' });
    for (const each of [iam, sts, session]) each.destroy();
  });
});

describe('who comes from an identity provider, unsigned', () => {
  const statement = (Federated: string | undefined, Action: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Federated }, Action }],
    });

  test('is let in with a token or an assertion that the provider signed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-sts-'));
    const node = await startNode(folder);
    const provider = await startProvider();
    try {
      const options = { endpoint: node.endpoint, region: 'us-east-1', maxAttempts: 1 };
      const iam = new IAMClient({ ...options, credentials: setUp(folder) });
      const unknown = { accessKeyId: 'none', secretAccessKey: 'none' };
      const sts = new STSClient({ ...options, credentials: unknown });
      const roleOf = async (RoleName: string, trusted: string | undefined, action: string) => {
        const AssumeRolePolicyDocument = statement(trusted, action);
        const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
        return Role?.Arn ?? '';
      };

      const { OpenIDConnectProviderArn } = await iam.send(
        new CreateOpenIDConnectProviderCommand({
          Url: `https://${provider.host}`,
          ClientIDList: ['castle'],
          ThumbprintList: [THUMBPRINT],
        }),
      );
      const ci = await roleOf('ci', OpenIDConnectProviderArn, 'sts:AssumeRoleWithWebIdentity');
      const exp = Math.floor(Date.now() / 1_000) + 600;
      const token = provider.token({ sub: 'main', aud: 'castle', exp });
      const web = { RoleArn: ci, RoleSessionName: 'ci', WebIdentityToken: token };
      const byToken = await sts.send(new AssumeRoleWithWebIdentityCommand(web));
      assert.equal(byToken.SubjectFromWebIdentityToken, 'main');

      const { SAMLProviderArn } = await iam.send(
        new CreateSAMLProviderCommand({ Name: 'castle', SAMLMetadataDocument: METADATA }),
      );
      const staff = await roleOf('staff', SAMLProviderArn, 'sts:AssumeRoleWithSAML');
      const attributes = {
        [`${OURS}Role`]: [`${staff},${SAMLProviderArn}`],
        [`${OURS}RoleSessionName`]: ['alice'],
      };
      const SAMLAssertion = posted(signed(assertionOf(new Date(), { attributes })));
      const saml = { RoleArn: staff, PrincipalArn: SAMLProviderArn, SAMLAssertion };
      const byAssertion = await sts.send(new AssumeRoleWithSAMLCommand(saml));
      const { AccessKeyId, SecretAccessKey, SessionToken } = byAssertion.Credentials ?? {};
      const session = new STSClient({
        ...options,
        credentials: {
          accessKeyId: AccessKeyId ?? '',
          secretAccessKey: SecretAccessKey ?? '',
          sessionToken: SessionToken ?? '',
        },
      });
      const { Arn } = await session.send(new GetCallerIdentityCommand({}));
      assert.match(Arn ?? '', /:assumed-role\/staff\/alice$/);
      await assert.rejects(sts.send(new GetCallerIdentityCommand({})), { name: 'InvalidClientTokenId' });
      for (const each of [iam, sts, session]) each.destroy();
    } finally {
      await provider.close();
      await node.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

const NOT_REFUSED = (): Answer => ({ code: '', message: 'was not refused' });

function errorOf(error: unknown): Answer {
  const { name, message } = error as Error;
  return { code: name, message };
}

/** The same with one letter changed. */
function changed(token: string): string {
  return `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`;
}

/** A session that this node made for a user and that is over. */
async function expiredSession(folder: string, account: string, principalId: string): Promise<Credentials> {
  const rootKey = readFileSync(join(folder, 'config/honmaru/root.key'), 'utf8').trim();
  const { port } = sessionKeys(Buffer.from(rootKey, 'hex'));
  const issuedAt = Date.now() - 3_600_000;
  const session = {
    kind: 'session',
    account,
    principalId,
    name: '',
    issuedAt,
    expiresAt: Date.now() - 1_000,
  } as const;
  return port.mintSession(session);
}

/** Passes requests on with one word of their body changed. */
async function startTampering(target: string) {
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1').replace('GetCallerIdentity', 'GetSessionToken&a');
      const { method = 'POST', url = '/', headers } = incoming;
      const onward = request(new URL(url, target), { method, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(answer);
      });
      onward.end(body, 'latin1');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
