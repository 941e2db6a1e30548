import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { all, isTrue } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { runCommand, setProperty } from '../edits.ts';
import { off, on, presenceOf, providedBy, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';

const ACCOUNT_DEFAULT = 'Account::EbsEncryptionByDefault';

const FIND_OUT = 'aws ec2 get-ebs-encryption-by-default';

/** The device names under which images have their root disk (Amazon EC2 user guide, "Device names for volumes"). */
const ROOT_DEVICES = ['/dev/xvda', '/dev/sda1'];

/** The disks that an instance or launch template describes. */
export function disksOf(place: Resource): Value {
  return place.type === 'AWS::EC2::LaunchTemplate'
    ? property(place, 'LaunchTemplateData', 'BlockDeviceMappings')
    : property(place, 'BlockDeviceMappings');
}

/** A volume without `Encrypted` is as the account's default says; with the default on, all are encrypted. */
export function volumePresence(graph: ResourceGraph, volume: Resource): Presence {
  const byDefault = accountDefault(graph);
  if (byDefault?.state === 'on') return byDefault;
  const encrypted = property(volume, 'Encrypted');
  if (encrypted.kind === 'absent') return byDefault ?? leftToDefault(encrypted);
  return presenceOf(
    isTrue(encrypted),
    {
      on: text('the volume is encrypted', 'ボリュームは暗号化されます'),
      off: text('the volume is not encrypted', 'ボリュームは暗号化されません'),
      unknown: text(
        'whether the volume is encrypted is not decided',
        'ボリュームを暗号化するかどうかが未確定です',
      ),
    },
    encrypted,
  );
}

/** A disk that is not described comes from the image: unknown, unless the account's default encrypts it. */
export function diskPresence(graph: ResourceGraph, disks: Value): Presence {
  const byDefault = accountDefault(graph);
  if (byDefault?.state === 'on') return byDefault;
  if (disks.kind === 'unknown')
    return unsure(text('the disks are not decided', 'ディスクの指定が未確定です'), [disks]);
  const described = itemsOf(disks).filter((each) => get(each, 'Ebs').kind !== 'absent');
  const plain = described.find((each) => isTrue(get(each, 'Ebs', 'Encrypted'), { is: 'yes' }).is === 'no');
  if (plain) {
    return off(
      text(
        `the disk ${stringFrom(get(plain, 'DeviceName')) ?? '?'} is not encrypted`,
        `ディスク${stringFrom(get(plain, 'DeviceName')) ?? '?'}は暗号化されません`,
      ),
      get(plain, 'Ebs', 'Encrypted'),
    );
  }
  const root = described.some((each) => ROOT_DEVICES.includes(stringFrom(get(each, 'DeviceName')) ?? ''));
  const encrypted = all(described.map((each) => isTrue(get(each, 'Ebs', 'Encrypted'))));
  if (root && encrypted.is === 'yes')
    return on(text('its disks are encrypted', 'ディスクは暗号化されます'), disks);
  return leftToDefault(disks);
}

function leftToDefault(at: Value): Presence {
  return unsure(
    text(
      `not written: the image or the account's default decides; find out with: ${FIND_OUT} (Terraform: aws_ebs_encryption_by_default)`,
      `指定がなく、イメージまたはアカウントの既定値で決まります。確認するコマンド: ${FIND_OUT}(Terraformではaws_ebs_encryption_by_default)`,
    ),
    [at],
  );
}

function accountDefault(graph: ResourceGraph): Presence | undefined {
  const fact = graph.ofType(ACCOUNT_DEFAULT)[0];
  if (!fact) return undefined;
  const enabled = property(fact, 'Enabled');
  return providedBy(
    fact,
    presenceOf(
      isTrue(enabled, { is: 'yes' }),
      {
        on: text(
          'the account encrypts every new disk by default',
          'アカウントの既定値で新しいディスクはすべて暗号化されます',
        ),
        off: text(
          'the account does not encrypt disks by default',
          'アカウントの既定値ではディスクは暗号化されません',
        ),
        unknown: text('the account’s default is not decided', 'アカウントの既定値が未確定です'),
      },
      enabled,
    ),
  );
}

/** Describes the root disk as encrypted, and names the account's default for all others. */
export function disksRemedy(place: Resource): Remedy {
  const path =
    place.type === 'AWS::EC2::LaunchTemplate'
      ? 'LaunchTemplateData.BlockDeviceMappings'
      : 'BlockDeviceMappings';
  const disks = itemsOf(disksOf(place));
  const edits =
    disks.length === 0
      ? [setProperty(place, path, [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }])]
      : disks.map((_, index) => setProperty(place, `${path}.${index}.Ebs.Encrypted`, true));
  return {
    summary: text(
      'Encrypt the disks, and make it the default of the account.',
      'ディスクを暗号化し、アカウントの既定値にもします。',
    ),
    edits: [...edits, runCommand('aws ec2 enable-ebs-encryption-by-default')],
    needs: [
      text(
        'the root device name of the image (Amazon Linux: /dev/xvda)',
        'イメージのルートデバイス名(Amazon Linuxは/dev/xvda)',
      ),
    ],
  };
}
