import pg from 'pg';

/** Announcements of other nodes, by LISTEN and NOTIFY (PostgreSQL manual, "NOTIFY"). */
export interface Announcements {
  /** @returns the function that ends it. */
  listen(listener: (topic: string) => void): () => void;
  close(): Promise<void>;
}

export const CHANNEL = 'honmaru';
const RETRY_MILLISECONDS = 500;
const CONNECT_PATIENCE = 5_000;

/**
 * Listens on a connection of its own, made for the first listener and made again when it breaks. After a
 * new connection every listener is called with an empty topic: something may have been missed.
 */
export function announcementsOf(url: string): Announcements {
  const listeners = new Set<(topic: string) => void>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const tell = (topic: string) => {
    for (const listener of listeners) listener(topic);
  };

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'honmaru announcements',
      connectionTimeoutMillis: CONNECT_PATIENCE,
      keepAlive: true,
    });
    client = fresh;
    const again = () => {
      if (closed || client !== fresh) return;
      client = undefined;
      fresh.end().catch(() => undefined);
      retry = setTimeout(() => {
        connect().catch(() => undefined);
      }, RETRY_MILLISECONDS);
      retry.unref();
    };
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', ({ payload = '' }) => tell(payload));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
      tell('');
    } catch {
      again();
    }
  }

  return {
    listen(listener) {
      listeners.add(listener);
      if (!client && retry === undefined) connect().catch(() => undefined);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
