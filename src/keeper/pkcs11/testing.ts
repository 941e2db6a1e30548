import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { ATTRIBUTE, RETURNED } from './cryptoki.ts';

/** A token in memory that speaks the protocol of `p11-kit server`, for tests. */
export interface TestToken {
  /** Keys by their ids in hexadecimal; what is removed here is gone from the token. */
  readonly keys: Map<string, Buffer>;
  pin: string;
  /** How often somebody tried to sign in. */
  logins: number;
  close(): Promise<void>;
}

interface Call {
  readonly number: number;
  readonly rest: Buffer;
}

/** Serves a token of this label at a socket. */
export async function testToken(path: string, label: string, pin: string): Promise<TestToken> {
  const sockets = new Set<Socket>();
  const token = { keys: new Map<string, Buffer>(), pin, logins: 0 };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, session(token, label));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return Object.assign(token, {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function serve(socket: Socket, answer: (call: Call) => Buffer): void {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    if (!greeted) {
      socket.write(Buffer.of(0));
      rest = rest.subarray(1);
      greeted = true;
    }
    while (rest.length >= 12 && rest.length >= 12 + rest.readUInt32BE(8)) {
      const end = 12 + rest.readUInt32BE(8);
      const body = rest.subarray(12, end);
      const args = body.subarray(8 + body.readUInt32BE(4));
      const made = answer({ number: body.readUInt32BE(0), rest: args });
      socket.write(Buffer.concat([rest.subarray(0, 4), word(0), word(made.length), made]));
      rest = rest.subarray(end);
    }
  });
}

/** One connection; a handle is the place of a key's id in a list. */
function session(token: Pick<TestToken, 'keys' | 'pin' | 'logins'>, label: string) {
  const { keys } = token;
  const handles: string[] = [];
  let signing: Buffer | undefined;
  let found = '';
  const handle = (id: string) => ulong(handles.push(id));
  const named = (at: Buffer) => handles[Number(at.readBigUInt64BE()) - 1] ?? '';

  return ({ number, rest }: Call): Buffer => {
    switch (number) {
      case 1:
        return answered(1, '');
      case 4:
        return answered(4, 'au', Buffer.concat([Buffer.of(1), word(1), ulong(7)]));
      case 6:
        return answered(6, 'ssssuuuuuuuuuuuvvs', counted(Buffer.from(label.padEnd(32))));
      case 10:
        return answered(10, 'u', ulong(1));
      case 18:
        token.logins += 1;
        return rest.subarray(21).toString() === token.pin
          ? answered(18, '')
          : refused(RETURNED.PIN_INCORRECT);
      case 22: {
        keys.delete(named(rest.subarray(8)));
        return answered(22, '');
      }
      case 24: {
        const truths = [ATTRIBUTE.SENSITIVE, ATTRIBUTE.NEVER_EXTRACTABLE].map((type) => truth(type, true));
        const all = [word(3), ...truths, truth(ATTRIBUTE.EXTRACTABLE, false), ulong(0)];
        return answered(24, 'aAu', Buffer.concat(all));
      }
      case 26:
        found = rest.subarray(-16).toString('hex');
        return answered(26, '');
      case 27: {
        const there = keys.has(found);
        const handlesFound = there ? [handle(found)] : [];
        return answered(27, 'au', Buffer.concat([Buffer.of(1), word(handlesFound.length), ...handlesFound]));
      }
      case 28:
        return answered(28, '');
      case 42:
        signing = keys.get(named(rest.subarray(-8)));
        return signing ? answered(42, '') : refused(RETURNED.KEY_HANDLE_INVALID);
      case 43: {
        if (!signing) return refused(0x91);
        const data = rest.subarray(13, 13 + rest.readUInt32BE(9));
        const mac = createHmac('sha512', signing).update(data).digest();
        return answered(43, 'ay', Buffer.concat([Buffer.of(1), counted(mac)]));
      }
      case 58: {
        const at = rest.indexOf(Buffer.concat([word(ATTRIBUTE.ID), Buffer.of(1), word(16), word(16)]));
        const id = rest.subarray(at + 13, at + 29).toString('hex');
        keys.set(id, randomBytes(64));
        return answered(58, 'u', handle(id));
      }
      case 64:
        return answered(64, 'ay', Buffer.concat([Buffer.of(1), counted(randomBytes(rest.readUInt32BE(8)))]));
      default:
        return refused(0x54);
    }
  };
}

function answered(number: number, signature: string, fields: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([word(number), counted(Buffer.from(signature)), fields]);
}

function refused(returned: number): Buffer {
  return answered(0, 'u', ulong(returned));
}

function truth(type: number, value: boolean): Buffer {
  return Buffer.concat([word(type), Buffer.of(1), word(1), Buffer.of(value ? 1 : 0)]);
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([word(bytes.length), bytes]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function ulong(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
