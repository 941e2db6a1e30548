/** All that the rest of the house may know of the keeper: how to ask it. Keys stay in its process. */
export { type BlobHead, bodyOf, readBlobHead } from './blob.ts';
export { type Ask, type KeeperConnection, keeperConnection } from './connection.ts';
export { contextBytes } from './context.ts';
export { KeeperError, type KeeperErrorCode } from './errors.ts';
export {
  type Keeper,
  type KeeperStatus,
  keeperOver,
  type MadeMaterial,
  type Material,
  type MaterialReference,
  madeMaterial,
  type SealedMaterial,
  type SealMethod,
} from './keeper.ts';
export { KEEPER_CONTEXT, type KmsSeal, kmsSealOf } from './kms-seal.ts';
export { isPrivate } from './private-file.ts';
export { keeperFolder, keeperSeal, keeperSocket } from './socket-path.ts';
export { syncToDisk } from './sync.ts';
