import { setImmediate as turn } from 'node:timers/promises';
import { readRaw, writeRaw } from './block-device.ts';
import { newVolumeFile, type VolumeFileInMaking } from './create.ts';
import { snapshotAbandoned, snapshotRuns } from './errors.ts';
import type { VolumeMetadata } from './metadata.ts';
import { isZero } from './sectors.ts';
import { newId, type VolumeFile } from './volume-file.ts';

/** Keeps what a volume holds at one moment while clients go on writing to it. */
export interface LiveSnapshots {
  /** To be called before sectors change: what a running snapshot still needs of them is copied first. Never throws. */
  beforeChange(start: number, end: number): void;
  /**
   * Copies the sectors as they are now into a new file, under the data key of the volume.
   *
   * @throws InputError `volume-exists`, `volume-snapshot-runs`, `volume-snapshot-abandoned`; Error of the disk.
   */
  take(out: string, now: Date): Promise<VolumeMetadata>;
  /** Gives up a running snapshot: its file is removed. */
  abandon(): void;
}

/** What is copied at once, in bytes; a write to what is not copied yet waits for as much. */
const CHUNK_BYTES = 1 << 20;

interface Running {
  readonly making: VolumeFileInMaking;
  /** 1 for each chunk that is copied: a byte each, since 64 TiB have more chunks than a `Set` takes. */
  readonly done: Uint8Array;
  failure: unknown;
}

export function liveSnapshots({ file, metadata, keys }: VolumeFile): LiveSnapshots {
  let running: Running | undefined;

  function copy({ making, done }: Running, chunk: number): void {
    if (done[chunk] === 1) return;
    const start = chunk * CHUNK_BYTES;
    const bytes = readRaw(file, start, Math.min(metadata.size, start + CHUNK_BYTES));
    if (!isZero(bytes)) writeRaw(making.file, start, bytes);
    done[chunk] = 1;
  }

  async function copyAll(snapshot: Running): Promise<void> {
    for (let chunk = 0; chunk < snapshot.done.length; chunk += 1) {
      if (snapshot.failure !== undefined) throw snapshot.failure;
      copy(snapshot, chunk);
      // Clients have their turn.
      await turn();
    }
    if (snapshot.failure !== undefined) throw snapshot.failure;
  }

  return {
    beforeChange(start, end) {
      if (!running || running.failure !== undefined) return;
      try {
        const last = Math.floor((end - 1) / CHUNK_BYTES);
        for (let chunk = Math.floor(start / CHUNK_BYTES); chunk <= last; chunk += 1) copy(running, chunk);
      } catch (error) {
        // The client's write goes on; the snapshot does not.
        running.failure = error;
      }
    },
    async take(out, now) {
      if (running) throw snapshotRuns();
      const made = {
        ...metadata,
        kind: 'snapshot',
        id: newId('snap'),
        created: now.toISOString(),
        from: metadata.id,
      } as const;
      const snapshot: Running = {
        making: newVolumeFile(out, made, keys),
        done: new Uint8Array(Math.ceil(metadata.size / CHUNK_BYTES)),
        failure: undefined,
      };
      running = snapshot;
      try {
        await copyAll(snapshot);
        snapshot.making.finish();
        return made;
      } catch (error) {
        snapshot.making.discard();
        throw error;
      } finally {
        running = undefined;
      }
    },
    abandon() {
      if (running) running.failure ??= snapshotAbandoned();
    },
  };
}
