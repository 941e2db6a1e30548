import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { request } from 'node:http';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import {
  type Answer,
  type Body,
  type PathPart,
  type Query,
  ROUTES,
  type RouteName,
} from '../../src/api/contract.ts';

/** An answer of the console as a browser would get it. */
export interface ConsoleAnswer<Content = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly content: Content;
  readonly text: string;
}

interface CallOptions<Name extends RouteName> {
  readonly parts?: Readonly<Record<PathPart<Name>, string>>;
  readonly query?: Query<Name>;
  readonly body?: Body<Name>;
}

/** One browser: a cookie, the token of its page, and headers as a browser sends them. */
export class ConsoleClient {
  readonly origin: URL;
  cookie = '';
  csrf = '';

  constructor(origin: string) {
    this.origin = new URL(origin);
  }

  /** Asks a route of the contract, whatever it answers. */
  async ask<Name extends RouteName>(
    route: Name,
    options: CallOptions<Name> = {},
  ): Promise<ConsoleAnswer<Answer<Name>>> {
    const [method = '', path = ''] = route.split(' ');
    const parts = (options.parts ?? {}) as Readonly<Record<string, string>>;
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(options.query ?? {})) {
      for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
    }
    const query = search.size > 0 ? `?${search}` : '';
    const body = method === 'GET' ? undefined : JSON.stringify(options.body ?? {});
    const answer = await this.raw(method, `${filled}${query}`, { ...(body !== undefined && { body }) });
    const told = answer.content as { readonly csrf?: string; readonly session?: { readonly csrf: string } };
    this.csrf = told?.csrf ?? told?.session?.csrf ?? this.csrf;
    return answer as ConsoleAnswer<Answer<Name>>;
  }

  /** Like `ask`, for what must be answered. @throws Error with the problem. */
  async get<Name extends RouteName>(route: Name, options: CallOptions<Name> = {}): Promise<Answer<Name>> {
    const { status, content, text } = await this.ask(route, options);
    if (status !== 200) throw new Error(`${route}: ${status} ${text}`);
    const wrong = ROUTES[route].answer.safeParse(content).error;
    if (wrong) throw new Error(`${route} answers something else than the contract says: ${wrong.message}`);
    return content;
  }

  raw(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<ConsoleAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.origin.port,
          method,
          path,
          // A connection that was kept may be closed by the other side while a test waits.
          agent: false,
          headers: {
            host: this.origin.host,
            ...(this.cookie !== '' && { cookie: this.cookie }),
            ...(method !== 'GET' && { origin: this.origin.origin, 'x-honmaru-csrf': this.csrf }),
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            for (const each of response.headers['set-cookie'] ?? [])
              this.cookie = each.split(';', 1)[0] ?? '';
            const text = Buffer.concat(chunks).toString();
            const isJson = /^application\/json\b/.test(response.headers['content-type'] ?? '');
            const content = isJson && text.startsWith('{') ? JSON.parse(text) : text;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, content, text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Signs in with name and password; what the session then is. */
  async signIn(name: string, password: string) {
    await this.get('GET /api/session');
    return this.get('POST /api/sign-in', { body: { name, password } });
  }

  /** Registers a new passkey of this user and gives it at once. */
  async addPasskey(): Promise<VirtualPasskey> {
    const { options } = await this.get('POST /api/me/passkeys/options');
    const passkey = new VirtualPasskey(this.origin);
    const response = passkey.register(String(options.challenge));
    await this.get('POST /api/me/passkeys', { body: { name: 'test', response } });
    await this.givePasskey(passkey);
    return passkey;
  }

  async givePasskey(passkey: VirtualPasskey) {
    const { options } = await this.get('POST /api/sign-in/passkey/options');
    return this.get('POST /api/sign-in/passkey', {
      body: { response: passkey.sign(String(options.challenge)) },
    });
  }
}

/** An authenticator on P-256 in software; its answers are those of a browser (W3C Web Authentication Level 3). */
export class VirtualPasskey {
  readonly id = randomBytes(24);
  readonly #origin: URL;
  readonly #key: KeyObject;
  readonly #point: { readonly x: Buffer; readonly y: Buffer };
  #count = 0;

  constructor(origin: URL) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    this.#point = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }

  /** As another authenticator takes it over (Chrome DevTools Protocol, WebAuthn.Credential). */
  credential() {
    return {
      credentialId: this.id.toString('base64'),
      rpId: this.#origin.hostname,
      privateKey: this.#key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      signCount: this.#count + 1,
    };
  }

  register(challenge: string) {
    const publicKey = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(this.#point.x)],
        [-3, new Uint8Array(this.#point.y)],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, publicKey]);
    const authData = Buffer.concat([this.#authenticatorData(0x45), attested]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]) as Parameters<typeof isoCBOR.encode>[0],
    );
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', challenge).toString('base64url'),
      attestationObject: Buffer.from(attestation).toString('base64url'),
      transports: ['internal'],
    });
  }

  sign(challenge: string) {
    this.#count += 1;
    const clientData = this.#clientData('webauthn.get', challenge);
    const data = this.#authenticatorData(0x05);
    const digest = createHash('sha256').update(clientData).digest();
    const signature = sign('sha256', Buffer.concat([data, digest]), this.#key);
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  #answer(response: Readonly<Record<string, unknown>>) {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin.origin, crossOrigin: false }));
  }

  #authenticatorData(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#count);
    const rpIdHash = createHash('sha256').update(this.#origin.hostname).digest();
    return Buffer.concat([rpIdHash, Buffer.from([flags]), counter]);
  }
}
