import { IDENTITY_TOPIC } from '../../../platform/identity-version.ts';
import type { ServiceHost } from '../../../platform/service.ts';
import { keyStores } from '../collections.ts';

const PAGE = 100;
/** Changes come in crowds. */
const PAUSE_MILLISECONDS = 250;

/**
 * Signs this node's keeper out of the tokens of key stores that were disconnected on another node. Each change of this
 * service is announced to all nodes; `look` finds what an announcement that was lost would have told.
 */
export function signOutElsewhere(
  host: ServiceHost,
  onDefect: (error: unknown) => void,
): { look(): Promise<void>; end(): void } {
  const states = new Map<string, string>();
  let waiting: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    let after: string | undefined;
    do {
      const page = await host.store.list(keyStores, {
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      for (const { key, value } of page.records) {
        if (!value.hsm || states.get(key) === value.state) continue;
        if (value.state === 'DISCONNECTED') await host.ports.keeper.ask('hsm-disconnect', [value.id]);
        states.set(key, value.state);
      }
      after = page.next;
    } while (after !== undefined);
  }

  const endListening = host.store.onAnnouncement((topic) => {
    if (topic !== '' && topic !== IDENTITY_TOPIC) return;
    waiting ??= setTimeout(() => {
      waiting = undefined;
      look().catch(onDefect);
    }, PAUSE_MILLISECONDS).unref();
  });
  return {
    look,
    end() {
      clearTimeout(waiting);
      endListening();
    },
  };
}
