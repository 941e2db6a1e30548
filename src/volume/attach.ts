import { constants } from 'node:fs';
import type { DataKeys } from '../envelope/index.ts';
import { type BlockDevice, encryptedDevice } from './block-device.ts';
import { isSnapshot } from './errors.ts';
import { type LiveSnapshots, liveSnapshots } from './live-snapshot.ts';
import type { VolumeMetadata } from './metadata.ts';
import { openVolume, readMetadata } from './volume-file.ts';

/** The plaintext side of a volume, and what keeps a moment of it. */
export interface AttachedVolume {
  readonly device: BlockDevice;
  readonly metadata: VolumeMetadata;
  readonly snapshots: LiveSnapshots;
}

/**
 * Opens the plaintext side of a volume.
 *
 * @throws InputError as `openVolume`, and `volume-is-snapshot` where a snapshot is to be written.
 */
export async function attach(
  path: string,
  dataKeys: Pick<DataKeys, 'open'>,
  readOnly: boolean,
): Promise<AttachedVolume> {
  if (!readOnly && readMetadata(path).kind === 'snapshot') throw isSnapshot(path);
  const opened = await openVolume(path, dataKeys, readOnly ? constants.O_RDONLY : constants.O_RDWR);
  const { file, metadata, keys } = opened;
  const snapshots = liveSnapshots(opened);
  const device = encryptedDevice(file, metadata.size, keys.sectors, readOnly, snapshots.beforeChange);
  return { device, metadata, snapshots };
}
