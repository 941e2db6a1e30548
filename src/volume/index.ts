export { type AttachedVolume, attach } from './attach.ts';
export { askForSnapshot, type Control, listenForSnapshots } from './control.ts';
export { createVolume, reencryptVolume, snapshotVolume } from './create.ts';
export { lockVolume, type Release } from './lock.ts';
export type { VolumeMetadata } from './metadata.ts';
export { type Listening, type ServedDevice, serveDevice } from './nbd/serve.ts';
export { readMetadata } from './volume-file.ts';
