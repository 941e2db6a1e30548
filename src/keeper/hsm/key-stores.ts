import { createHash } from 'node:crypto';
import { recent } from '../../kernel/recent.ts';
import { KeeperError } from '../client/errors.ts';
import { isLostSession } from '../pkcs11/cryptoki.ts';
import { openToken, type Token } from '../pkcs11/token.ts';
import { clusterOf } from './configuration.ts';
import { hsmRefusal } from './refusal.ts';

/** The key stores that are connected to a token, by their ids. */
export interface KeyStores {
  /** @param trustAnchor SHA-256 of a certificate. @throws KeeperError `hsm`: CLUSTER_NOT_FOUND, TRUST_ANCHOR */
  demandCluster(clusterId: string, trustAnchor: string): void;
  /** Signs in, unless it is signed in already. @throws KeeperError `hsm` with the word of the connection error. */
  connect(storeId: string, clusterId: string, pin: Uint8Array): Promise<void>;
  disconnect(storeId: string): void;
  /** Does something with the token of a store. @throws KeeperError `miss` when it is not connected here; `hsm` */
  use<T>(storeId: string, work: (token: Token) => Promise<T>): Promise<T>;
  close(): void;
}

const MOST_STORES = 100;
const MOST_MESSAGES = 20;
const PASSWORD_REFUSED: ReadonlySet<string> = new Set(['INVALID_CREDENTIALS', 'USER_LOCKED_OUT']);

/** @param path of the description of the clusters. @param onTrouble told what its operator has to mend. */
export function keyStores(path: string, onTrouble: (message: string) => void): KeyStores {
  const tokens = new Map<string, Token>();
  const opening = new Map<string, Promise<void>>();
  /** A password that a token refused is tried again only after somebody disconnected: real tokens lock their users out. */
  const refused = recent<{ readonly password: string; readonly refusal: KeeperError }>(MOST_STORES);
  let told = 0;
  let closed = false;

  function refusal(error: unknown): unknown {
    const made = hsmRefusal(error);
    if (made instanceof KeeperError && made !== error && told < MOST_MESSAGES) {
      told += 1;
      onTrouble((error as Error).message);
    }
    return made;
  }

  async function opened(storeId: string, clusterId: string, pin: Uint8Array): Promise<void> {
    const cluster = clusterOf(path, clusterId);
    if (!cluster) throw new KeeperError('hsm', 'CLUSTER_NOT_FOUND');
    const token = await openToken(cluster, pin);
    if (closed) {
      token.close();
      throw new KeeperError('sealed');
    }
    disconnect(storeId);
    if (tokens.size >= MOST_STORES) disconnect(tokens.keys().next().value ?? '');
    tokens.set(storeId, token);
  }

  function disconnect(storeId: string): void {
    tokens.get(storeId)?.close();
    tokens.delete(storeId);
    refused.delete(storeId);
  }

  return {
    demandCluster(clusterId, trustAnchor) {
      try {
        const cluster = clusterOf(path, clusterId);
        if (!cluster) throw new KeeperError('hsm', 'CLUSTER_NOT_FOUND');
        if (cluster.trustAnchor !== trustAnchor) throw new KeeperError('hsm', 'TRUST_ANCHOR');
      } catch (error) {
        throw refusal(error);
      }
    },
    async connect(storeId, clusterId, pin) {
      if (tokens.get(storeId)?.open) return;
      const password = createHash('sha256').update(`${clusterId}\0`).update(pin).digest('hex');
      const before = refused.get(storeId);
      if (before?.password === password) throw before.refusal;
      const attempt = opening.get(storeId) ?? opened(storeId, clusterId, pin);
      opening.set(storeId, attempt);
      try {
        await attempt;
      } catch (error) {
        const made = refusal(error);
        if (made instanceof KeeperError && PASSWORD_REFUSED.has(made.message)) {
          refused.set(storeId, { password, refusal: made });
        }
        throw made;
      } finally {
        opening.delete(storeId);
      }
    },
    disconnect,
    async use(storeId, work) {
      const token = tokens.get(storeId);
      if (!token?.open) throw new KeeperError('miss');
      try {
        return await work(token);
      } catch (error) {
        if (isLostSession(error)) disconnect(storeId);
        if (!token.open) throw new KeeperError('miss');
        throw refusal(error);
      }
    },
    close() {
      closed = true;
      for (const token of tokens.values()) token.close();
      tokens.clear();
    },
  };
}
