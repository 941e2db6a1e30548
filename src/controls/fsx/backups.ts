import type { Resource } from '../../model/resource.ts';
import { absent, get, type Value } from '../../model/value.ts';

const CONFIGURATIONS = [
  'LustreConfiguration',
  'OntapConfiguration',
  'OpenZFSConfiguration',
  'WindowsConfiguration',
];

/** How long a file system keeps automatic backups; every kind has a configuration of its own. */
export function backupRetention(fileSystem: Resource): Value {
  const configuration = CONFIGURATIONS.map((name) => get(fileSystem.properties, name)).find(
    (each) => each.kind !== 'absent',
  );
  return configuration
    ? get(configuration, 'AutomaticBackupRetentionDays')
    : absent(fileSystem.properties.span);
}
