import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';

/** The control plane tells every two seconds. */
const PATIENCE_MILLISECONDS = 10_000;

/** What the control plane tells of other nodes on the same store; never, where there can be none. */
export interface KnownNodes {
  told(names: readonly string[]): void;
  /**
   * Waits until the control plane tells anew, so that a node that started just now counts too.
   *
   * @throws KeeperError `other-nodes` that names the others, or when nothing is told any more.
   */
  demandNone(): Promise<void>;
}

export function knownNodes(patience = PATIENCE_MILLISECONDS): KnownNodes {
  let isTold = false;
  let waiting: ((names: readonly string[] | undefined) => void)[] = [];

  function next(): Promise<readonly string[] | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience, undefined);
      waiting.push((names) => {
        clearTimeout(timer);
        resolve(names);
      });
    });
  }

  return {
    told(names) {
      isTold = true;
      const all = waiting;
      waiting = [];
      for (const each of all) each(names);
    },
    async demandNone() {
      if (!isTold) return;
      const names = await next();
      if (names === undefined) throw new KeeperError('other-nodes', NOT_TOLD);
      if (names.length > 0) throw new KeeperError('other-nodes', othersRun(names.join('; ')));
    },
  };
}

const NOT_TOLD = text(
  'whether other nodes run is not known while the control plane does not answer; try again',
  'コントロールプレーンが応答しないため、他のノードの有無を確認できません。もう一度実行してください',
);

function othersRun(names: string) {
  return text(
    `other nodes run with this root key (${names}): stop them, make the new root key, give them the new keeper/seal.json, and start them`,
    `このルートキーで動作中のノードがあります(${names})。それらを停止してから新しいルートキーを作成し、新しい keeper/seal.json を配布して起動してください`,
  );
}
