import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that may be written nowhere, with its name for the failure. */
export interface Secret {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The forms in which a secret could lie somewhere. */
export function formsOf(secret: Buffer): readonly Buffer[] {
  const hex = secret.toString('hex');
  const text = secret.toString('latin1');
  const utf16 = Buffer.from(text, 'utf16le');
  const forms = [
    secret,
    ...[0, 1, 2].flatMap((shift) => withinBase64(secret, shift)),
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from([...secret].join(',')),
    Buffer.from([...secret].join(', ')),
    Buffer.from(secret.toString('base64'), 'utf16le').subarray(0, -8),
  ];
  return forms;
}

/** How a secret looks in base64 (of both alphabets) behind some other bytes, without what its neighbours decide. */
function withinBase64(secret: Buffer, shift: number): readonly Buffer[] {
  const padded = Buffer.concat([Buffer.alloc(shift), secret]);
  const whole = padded.subarray(0, padded.length - (padded.length % 3));
  const sure = (text: string) => Buffer.from(text.slice(shift === 0 ? 0 : 4));
  return [sure(whole.toString('base64')), sure(whole.toString('base64url'))];
}

/** Where something could have been written. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The content of every file below a folder. */
export function filesBelow(folder: string): readonly Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, bytes: readFileSync(name) }));
}

/** What every user of the machine, or the same user, can read of processes: their words and environments. */
export function wordsOf(processes: readonly number[]): readonly Place[] {
  return processes.flatMap((pid) =>
    ['cmdline', 'environ', 'comm'].flatMap((file) => {
      try {
        return [{ name: `/proc/${pid}/${file}`, bytes: readFileSync(`/proc/${pid}/${file}`) }];
      } catch {
        return [];
      }
    }),
  );
}

/** @throws AssertionError that names the place, the secret and the form, never the secret itself. */
export function assertNowhere(secrets: readonly Secret[], places: readonly Place[]): void {
  for (const { name, bytes } of secrets) {
    for (const [index, form] of formsOf(bytes).entries()) {
      for (const place of places) {
        assert.equal(place.bytes.includes(form), false, `${name} lies in ${place.name} (form ${index})`);
      }
    }
  }
}
