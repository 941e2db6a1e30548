import { randomBytes } from 'node:crypto';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { mfaDevices, users } from './collections.ts';
import { exists, NO_SUCH, overQuota, stillUsed, validationError } from './errors.ts';
import { byId, eachOf, erase, type Found, save, userNamed, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { seedPurpose } from './mfa-codes.ts';
import { arnOf } from './names.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { qrPng } from './qr-png.ts';
import { QUOTAS } from './quotas.ts';
import type { MfaDeviceRecord } from './records.ts';
import { shownUserWhole } from './shown.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';
import { base32, clockFromCodes, type DeviceClock } from './totp.ts';

const SEED_BYTES = 40;
const LONGEST_SERIAL = 256;

async function deviceOf({ store, account }: CallContext, serial: string): Promise<Found<MfaDeviceRecord>> {
  const device = await byId(store, mfaDevices, serial);
  if (device?.value.account !== account) throw NO_SUCH.virtualDevice(serial);
  return device;
}

/** The clock that two consecutive codes show. @throws AwsError InvalidAuthenticationCode. */
async function clockOf(
  { ports, now }: CallContext,
  { value }: Found<MfaDeviceRecord>,
  first: string,
  second: string,
): Promise<DeviceClock> {
  const seed =
    value.seed === undefined ? undefined : await ports.seal.open(value.seed, seedPurpose(value.serial));
  const clock = seed && clockFromCodes(seed, [first, second], now.getTime(), value.lastStep);
  if (clock) return clock;
  throw awsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.');
}

export const mfaDeviceOperations = {
  /** The seed and its picture are shown this once. */
  async CreateVirtualMFADevice(input, context) {
    const { store, account, ports, now } = context;
    const name = input.VirtualMFADeviceName;
    const path = input.Path ?? '/';
    const serial = arnOf('mfa', { account, path, name });
    // Every other operation takes serial numbers up to this length.
    if (serial.length > LONGEST_SERIAL) {
      throw validationError(`The serial number of a device has at most ${LONGEST_SERIAL} characters.`);
    }
    const tags = newTags(input.Tags);
    if (await byId(store, mfaDevices, serial)) {
      throw exists('MFADevice entity at the same path and name already exists.');
    }
    const seed = randomBytes(SEED_BYTES);
    const device: MfaDeviceRecord = {
      account,
      serial,
      name,
      path,
      tags,
      createdAt: now.getTime(),
      kind: 'virtual',
      seed: await ports.seal.seal(seed, seedPurpose(serial)),
      drift: 0,
      lastStep: 0,
    };
    const text = base32(seed);
    const label = encodeURIComponent(`${name}@${account}`);
    const VirtualMFADevice = {
      SerialNumber: serial,
      Base32StringSeed: Buffer.from(text),
      QRCodePNG: qrPng(`otpauth://totp/Honmaru:${label}?secret=${text}&issuer=Honmaru`),
      ...shownTags(tags),
    };
    return change({ VirtualMFADevice }, [put(mfaDevices, serial, device, 'absent')]);
  },

  async DeleteVirtualMFADevice(input, context) {
    const device = await deviceOf(context, input.SerialNumber);
    if (device.value.userId !== undefined) {
      throw stillUsed('MFA VirtualDevice in use. Must deactivate first.');
    }
    return change({}, [erase(mfaDevices, device)]);
  },

  async EnableMFADevice(input, context) {
    const user = await userNamed(context, input.UserName);
    const device = await deviceOf(context, input.SerialNumber);
    if (device.value.userId !== undefined) throw exists('MFA Device is already in use.');
    const held = user.value.mfaDevices;
    if (held.length >= QUOTAS.MFADevicesPerUser)
      throw overQuota('MFADevicesPerUser', QUOTAS.MFADevicesPerUser);
    const clock = await clockOf(context, device, input.AuthenticationCode1, input.AuthenticationCode2);
    return change({}, [
      save(mfaDevices, device, { ...clock, userId: user.key, enabledAt: context.now.getTime() }),
      save(users, user, { mfaDevices: [...held, device.key] }),
    ]);
  },

  async DeactivateMFADevice(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const serial = input.SerialNumber;
    if (!user.value.mfaDevices.includes(serial)) throw NO_SUCH.device(serial, user.value.name);
    const device = await deviceOf(context, serial);
    const { userId: _user, enabledAt: _enabled, ...free } = device.value;
    const rest = user.value.mfaDevices.filter((each) => each !== serial);
    return change({}, [
      save(users, user, { mfaDevices: rest }),
      // A security key is bound to its user; only a virtual device can be given to somebody else.
      device.value.kind === 'fido'
        ? erase(mfaDevices, device)
        : put(mfaDevices, serial, free, device.version),
    ]);
  },

  async ResyncMFADevice(input, context) {
    const user = await userNamed(context, input.UserName);
    const serial = input.SerialNumber;
    if (!user.value.mfaDevices.includes(serial)) throw NO_SUCH.device(serial, user.value.name);
    const device = await deviceOf(context, serial);
    const clock = await clockOf(context, device, input.AuthenticationCode1, input.AuthenticationCode2);
    return change({}, [save(mfaDevices, device, clock)]);
  },

  async GetMFADevice(input, context) {
    const device = await deviceOf(context, input.SerialNumber);
    const { userId, enabledAt, certifications } = device.value;
    const user = userId === undefined ? undefined : await byId(context.store, users, userId);
    if (input.UserName !== undefined) {
      const named = await userNamed(context, input.UserName);
      if (named.key !== userId) throw NO_SUCH.device(input.SerialNumber, input.UserName);
    }
    return {
      SerialNumber: device.key,
      ...(user ? { UserName: user.value.name } : {}),
      ...(enabledAt === undefined ? {} : { EnableDate: new Date(enabledAt) }),
      ...(certifications ? { Certifications: { ...certifications } } : {}),
    };
  },

  async ListMFADevices(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const devices = await eachOf(context.store, mfaDevices, user.value.mfaDevices);
    const page = pageOf(devices, ({ key }) => key, input);
    const MFADevices = page.items.map(({ value }) => ({
      UserName: user.value.name,
      SerialNumber: value.serial,
      EnableDate: new Date(value.enabledAt ?? value.createdAt),
    }));
    return { MFADevices, ...paging(page) };
  },

  async ListVirtualMFADevices(input, { store, account }) {
    const wanted = input.AssignmentStatus ?? 'Any';
    const devices = (await everyRecord(store, mfaDevices, account))
      .filter(({ value }) => value.kind === 'virtual')
      .filter(({ value }) => wanted === 'Any' || (wanted === 'Assigned') === (value.userId !== undefined));
    const page = pageOf(devices, ({ key }) => key, input);
    const VirtualMFADevices = await Promise.all(
      page.items.map(async ({ key, value: { userId, enabledAt } }) => {
        const user = userId === undefined ? undefined : await byId(store, users, userId);
        return {
          SerialNumber: key,
          ...(user ? { User: shownUserWhole(user.value) } : {}),
          ...(enabledAt === undefined ? {} : { EnableDate: new Date(enabledAt) }),
        };
      }),
    );
    return { VirtualMFADevices, ...paging(page) };
  },

  async TagMFADevice(input, context) {
    return tag(mfaDevices, await deviceOf(context, input.SerialNumber), input.Tags);
  },

  async UntagMFADevice(input, context) {
    return untag(mfaDevices, await deviceOf(context, input.SerialNumber), input.TagKeys);
  },

  async ListMFADeviceTags(input, context) {
    return tagPage(await deviceOf(context, input.SerialNumber), input);
  },
} satisfies Handlers;
