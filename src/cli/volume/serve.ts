import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { HonmaruError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { attach, type Listening, listenForSnapshots, lockVolume, serveDevice } from '../../volume/index.ts';
import type { Invocation, Terminal } from '../command.ts';
import { kmsClientOptions } from '../kms/client-options.ts';
import { kmsDataKeys } from '../kms/data-keys.ts';
import { rememberFiles } from '../kms/remembered-files.ts';

/** `honmaru volume serve FILE`: attached until SIGINT or SIGTERM. */
export async function serveAction(file: string, invocation: Invocation, terminal: Terminal): Promise<number> {
  const path = resolve(terminal.cwd, file);
  const listening = listeningOf(path, invocation, terminal);
  const release = await lockVolume(path);
  try {
    const dataKeys = kmsDataKeys(kmsClientOptions(invocation));
    const { device, metadata, snapshots } = await attach(path, dataKeys, invocation.flag('read-only'));
    rememberFiles([path], invocation, terminal);
    if ('socket' in listening) await removeStale(listening.socket);
    const ended = signalled();
    const served = await serveDevice(device, metadata.id, listening);
    const control = await listenForSnapshots(path, snapshots, () => terminal.now());
    const address = 'socket' in listening ? listening.socket : `127.0.0.1:${served.port}`;
    const url = 'socket' in listening ? `nbd+unix:///?socket=${address}` : `nbd://${address}`;
    const line = text(
      `${metadata.id} is attached: ${url}\n  qemu-img info '${url}'`,
      `${metadata.id} をアタッチしました:${url}\n  qemu-img info '${url}'`,
    );
    terminal.out(`${line[invocation.language]}\n`);
    await ended;
    await control?.close();
    await served.stop();
    device.close();
  } finally {
    release();
  }
  return 0;
}

function listeningOf(path: string, invocation: Invocation, terminal: Terminal): Listening {
  const port = invocation.option('port');
  const socket = invocation.option('socket');
  if (port !== undefined && socket !== undefined) {
    throw new UsageError({
      code: 'volume-listen',
      message: text('--socket or --port, not both', '--socket と --port は同時に指定できません'),
    });
  }
  if (port === undefined) return { socket: socketPath(resolve(terminal.cwd, socket ?? `${path}.sock`)) };
  if (/^\d{1,5}$/.test(port) && Number(port) < 65_536) return { host: '127.0.0.1', port: Number(port) };
  throw new UsageError({
    code: 'volume-listen',
    message: text(`"${port}" is no port`, `「${port}」はポート番号ではありません`),
  });
}

/** The system cuts longer names off without a word. */
const LONGEST_SOCKET_PATH = 103;

function socketPath(path: string): string {
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  throw new UsageError({
    code: 'volume-listen',
    message: text(`the name of the socket is too long: ${path}`, `ソケットのパスが長すぎます:${path}`),
    remedy: text('name a shorter one with --socket', '--socket で短いパスを指定してください'),
  });
}

/** Removes a socket that a process left behind which is no more. @throws HonmaruError `volume-socket` */
async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket() || (await answers(path))) {
    throw new HonmaruError({
      code: 'volume-socket',
      message: text(`${path} is in use`, `${path} は使用中です`),
      remedy: text('name another with --socket', '--socket で別のパスを指定してください'),
    });
  }
  rmSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolved) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolved(true);
    });
    socket.once('error', () => resolved(false));
  });
}

function signalled(): Promise<void> {
  return new Promise((resolved) => {
    process.once('SIGINT', () => resolved());
    process.once('SIGTERM', () => resolved());
  });
}
