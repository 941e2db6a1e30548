import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { put } from '../../store/operations.ts';
import { type IamBed, statementOf, withIam } from './testing.ts';
import { acceptCode, base32, clockFromCodes, codeOf, stepAt } from './totp.ts';

const STEP = 30_000;
const UserName = 'alice';

/** RFC 6238, appendix B: the vectors for SHA-1, of which a device shows the last six digits. */
const VECTORS: readonly (readonly [seconds: number, code: string])[] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];

describe('one-time passwords', () => {
  const seed = Buffer.from('12345678901234567890');

  test('are those of RFC 6238', () => {
    for (const [seconds, code] of VECTORS) {
      assert.equal(codeOf(seed, stepAt(seconds * 1000)), code.slice(-6));
    }
  });

  test('seeds are written in base 32 (RFC 4648, section 10)', () => {
    assert.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI');
    assert.equal(base32(Buffer.from('')), '');
  });

  test('are taken one step early or late, and never twice', () => {
    const now = 1_000 * STEP;
    const clock = { drift: 0, lastStep: 0 };
    for (const away of [-1, 0, 1])
      assert.equal(acceptCode(seed, codeOf(seed, 1000 + away), now, clock), 1000 + away);
    assert.equal(acceptCode(seed, codeOf(seed, 1002), now, clock), undefined);
    assert.equal(acceptCode(seed, codeOf(seed, 1000), now, { drift: 0, lastStep: 1000 }), undefined);
    assert.equal(acceptCode(seed, codeOf(seed, 1010), now, { drift: 10, lastStep: 0 }), 1010);
  });

  test('two consecutive codes tell the drift of a clock; others tell nothing', () => {
    const now = 1_000 * STEP;
    const pair = (step: number) => [codeOf(seed, step), codeOf(seed, step + 1)] as const;
    assert.deepEqual(clockFromCodes(seed, pair(999), now, 0), { drift: 0, lastStep: 1000 });
    assert.deepEqual(clockFromCodes(seed, pair(1009), now, 0), { drift: 10, lastStep: 1010 });
    assert.equal(clockFromCodes(seed, [codeOf(seed, 999), codeOf(seed, 1001)], now, 0), undefined);
    assert.equal(clockFromCodes(seed, pair(1500), now, 0), undefined);
  });
});

async function newDevice({ iam }: IamBed, name: string) {
  const { VirtualMFADevice } = await iam('CreateVirtualMFADevice', { VirtualMFADeviceName: name });
  const letters = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? '').toString();
  const bits = [...letters].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const seed = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return { SerialNumber: VirtualMFADevice?.SerialNumber, seed, picture: VirtualMFADevice?.QRCodePNG };
}

function codesAt(seed: Buffer, milliseconds: number) {
  const step = stepAt(milliseconds);
  return { AuthenticationCode1: codeOf(seed, step - 1), AuthenticationCode2: codeOf(seed, step) };
}

describe('MFA devices', () => {
  test('are enabled by two consecutive codes, and show what they are', () =>
    withIam(async (bed) => {
      const { iam, now } = bed;
      await iam('CreateUser', { UserName });
      const { SerialNumber, seed, picture } = await newDevice(bed, 'phone');
      assert.equal(SerialNumber, 'arn:aws:iam::000012345678:mfa/phone');
      assert.equal(
        Buffer.from(picture ?? [])
          .subarray(1, 4)
          .toString(),
        'PNG',
      );
      const free = await iam('ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' });
      assert.equal(free.VirtualMFADevices?.[0]?.SerialNumber, SerialNumber);
      assert.equal(free.VirtualMFADevices?.[0]?.Base32StringSeed, undefined);

      const step = stepAt(now().getTime());
      const same = { AuthenticationCode1: codeOf(seed, step), AuthenticationCode2: codeOf(seed, step) };
      await assert.rejects(iam('EnableMFADevice', { UserName, SerialNumber, ...same }), {
        code: 'InvalidAuthenticationCode',
      });
      await iam('EnableMFADevice', { UserName, SerialNumber, ...codesAt(seed, now().getTime()) });
      const listed = await iam('ListMFADevices', { UserName });
      assert.deepEqual(listed.MFADevices, [{ UserName, SerialNumber, EnableDate: now() }]);
      assert.equal((await iam('GetMFADevice', { SerialNumber })).UserName, UserName);
      await assert.rejects(iam('DeleteVirtualMFADevice', { SerialNumber }), { code: 'DeleteConflict' });
      await assert.rejects(iam('DeleteUser', { UserName }), { code: 'DeleteConflict' });

      await iam('DeactivateMFADevice', { UserName, SerialNumber });
      await iam('DeleteVirtualMFADevice', { SerialNumber });
      await assert.rejects(iam('GetMFADevice', { SerialNumber }), {
        message: `VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`,
      });
    }));

  test('give each code once, also after a resync', () =>
    withIam(async (bed) => {
      const { iam, now, advance, ports, userWith, platform } = bed;
      const alice = await userWith(UserName, statementOf('Allow', 'iam:*'));
      const { SerialNumber = '', seed } = await newDevice(bed, 'phone');
      await iam('EnableMFADevice', { UserName, SerialNumber, ...codesAt(seed, now().getTime()) });
      advance(STEP);
      const { identity } = await ports();
      assert.ok(alice.principal);
      const code = codeOf(seed, stepAt(now().getTime()));
      const use = await identity.verifyMfa(alice.principal, SerialNumber, code, now());
      assert.equal(use?.length, 1);
      await platform.store.transact({ operations: use ?? [] });
      assert.equal(await identity.verifyMfa(alice.principal, SerialNumber, code, now()), undefined);

      // The device's clock runs five minutes ahead.
      const ahead = now().getTime() + 10 * STEP;
      const wrong = codeOf(seed, stepAt(ahead));
      assert.equal(await identity.verifyMfa(alice.principal, SerialNumber, wrong, now()), undefined);
      await iam('ResyncMFADevice', { UserName, SerialNumber, ...codesAt(seed, ahead) });
      advance(STEP);
      const next = codeOf(seed, stepAt(ahead + STEP));
      assert.equal((await identity.verifyMfa(alice.principal, SerialNumber, next, now()))?.length, 1);
    }));

  test('take five wrong codes in a row, and then wait', () =>
    withIam(async (bed) => {
      const { iam, now, advance, ports, userWith } = bed;
      const { principal } = await userWith(UserName, statementOf('Allow', 'iam:*'));
      assert.ok(principal);
      const { SerialNumber = '', seed } = await newDevice(bed, 'phone');
      await iam('EnableMFADevice', { UserName, SerialNumber, ...codesAt(seed, now().getTime()) });
      advance(STEP);
      const { identity } = await ports();
      const right = () => codeOf(seed, stepAt(now().getTime()));
      const attempt = (code: string) => identity.verifyMfa(principal, SerialNumber, code, now());
      const wrong = () => (right() === '000000' ? '000001' : '000000');
      const fiveWrong = async () => {
        for (let count = 0; count < 5; count += 1) {
          assert.equal(await attempt(wrong()), undefined);
          advance(1_000);
        }
      };
      for (let device = 0; device < 8; device += 1) await attempt(wrong());
      assert.equal((await attempt(right()))?.length, 1);
      await fiveWrong();
      assert.equal(await attempt(right()), undefined);
      advance(2 * STEP);
      assert.equal(await attempt(wrong()), undefined);
      advance(2 * STEP);
      assert.equal(await attempt(right()), undefined);
      advance(2 * STEP);
      assert.equal((await attempt(right()))?.length, 1);
      await attempt(wrong());
      assert.equal((await attempt(right()))?.length, 1);
    }));

  test('have serial numbers that every operation takes', () =>
    withIam(async ({ iam }) => {
      for (const length of [225, 600, 3_000]) {
        const device = { VirtualMFADeviceName: 'x'.repeat(length), Path: '/p/' };
        await assert.rejects(iam('CreateVirtualMFADevice', device), { code: 'ValidationError' });
      }
    }));

  test('carry tags', () =>
    withIam(async (bed) => {
      const { iam } = bed;
      const { SerialNumber } = await newDevice(bed, 'phone');
      await iam('TagMFADevice', { SerialNumber, Tags: [{ Key: 'a', Value: 'b' }] });
      assert.deepEqual((await iam('ListMFADeviceTags', { SerialNumber })).Tags, [{ Key: 'a', Value: 'b' }]);
      await iam('UntagMFADevice', { SerialNumber, TagKeys: ['a'] });
      assert.deepEqual((await iam('ListMFADeviceTags', { SerialNumber })).Tags, []);
      await assert.rejects(iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' }), {
        message: 'MFADevice entity at the same path and name already exists.',
      });
    }));

  test('of the FIDO kind, which a browser enrols, are shown and deactivated for good', () =>
    withIam(async ({ iam, store, now }) => {
      const { User } = await iam('CreateUser', { UserName });
      const SerialNumber = 'arn:aws:iam::000012345678:u2f/user/alice/key-1';
      const { mfaDevices, users } = await import('./collections.ts');
      const user = await store.get(users, User?.UserId ?? '');
      assert.ok(user);
      const device = {
        account: '000012345678',
        serial: SerialNumber,
        name: 'key-1',
        path: '/',
        tags: [],
        createdAt: now().getTime(),
        kind: 'fido' as const,
        drift: 0,
        lastStep: 0,
        userId: user.key,
        enabledAt: now().getTime(),
        certifications: { 'FIDO-FIPS-140-2': 'L1' },
      };
      await store.transact({
        operations: [
          put(mfaDevices, SerialNumber, device),
          put(users, user.key, { ...user.value, mfaDevices: [SerialNumber] }),
        ],
      });
      const read = await iam('GetMFADevice', { SerialNumber, UserName });
      assert.deepEqual(read.Certifications, { 'FIDO-FIPS-140-2': 'L1' });
      assert.equal((await iam('ListMFADevices', { UserName })).MFADevices?.length, 1);
      assert.deepEqual((await iam('ListVirtualMFADevices')).VirtualMFADevices, []);
      const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '123457' };
      await assert.rejects(iam('ResyncMFADevice', { UserName, SerialNumber, ...codes }), {
        code: 'InvalidAuthenticationCode',
      });
      await iam('DeactivateMFADevice', { UserName, SerialNumber });
      assert.equal(await store.get(mfaDevices, SerialNumber), undefined);
    }));
});
