import { InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';

export function notAVolume(path: string): InputError {
  return new InputError({
    code: 'volume-format',
    message: text(
      `${path} is not a volume or snapshot of "honmaru volume"`,
      `${path} は「honmaru volume」のボリュームやスナップショットではありません`,
    ),
  });
}

export function damagedVolume(path: string, en: string, ja: string): InputError {
  return new InputError({
    code: 'volume-damaged',
    message: text(`${path} is damaged: ${en}`, `${path} は壊れています:${ja}`),
  });
}

export function changedVolume(path: string): InputError {
  return new InputError({
    code: 'volume-header-changed',
    message: text(
      `the header of ${path} was changed after it was written; the volume is not attached`,
      `${path} のヘッダーが書き込み後に変更されています。アタッチしません`,
    ),
  });
}

export function snapshotRuns(): InputError {
  return new InputError({
    code: 'volume-snapshot-runs',
    message: text(
      'another snapshot of the volume is being taken',
      'このボリュームのスナップショットを作成中です',
    ),
    remedy: text('try again when it is done', '完了してからもう一度実行してください'),
  });
}

export function snapshotAbandoned(): InputError {
  return new InputError({
    code: 'volume-snapshot-abandoned',
    message: text(
      'the volume was detached before the snapshot was complete; nothing was kept',
      'スナップショットの完了前にボリュームがデタッチされたため、保存していません',
    ),
  });
}

export function badSize(): InputError {
  return new InputError({
    code: 'volume-size',
    message: text(
      'a volume has a multiple of 4 KiB, up to 64 TiB',
      'ボリュームのサイズは4 KiBの倍数で、64 TiBまでです',
    ),
  });
}

export function volumeInUse(path: string): InputError {
  return new InputError({
    code: 'volume-in-use',
    message: text(`${path} is in use by another process`, `${path} は別のプロセスが使用中です`),
    remedy: text('end its "honmaru volume serve" first', '先に「honmaru volume serve」を終了してください'),
  });
}

export function alreadyThere(path: string): InputError {
  return new InputError({
    code: 'volume-exists',
    message: text(`${path} is there already`, `${path} は既に存在します`),
    remedy: text('name another file', '別のファイル名を指定してください'),
  });
}

export function isSnapshot(path: string): InputError {
  return new InputError({
    code: 'volume-is-snapshot',
    message: text(`${path} is a snapshot; it is only read`, `${path} はスナップショットです(読み取り専用)`),
    remedy: text(
      'attach it with --read-only, or make a volume from it: honmaru volume create FILE --snapshot SNAPSHOT',
      '--read-only でアタッチするか、ボリュームを作成してください:honmaru volume create FILE --snapshot SNAPSHOT',
    ),
  });
}
