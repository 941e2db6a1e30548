import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FOLDERS = ['/opt', '/usr/local/share', homedir()].map((folder) => join(folder, 'tf-plugins'));

/** The folder with the providers of Terraform: the one that is named, else `tf-plugins` where programs lie. */
export const TERRAFORM_MIRROR =
  process.env.HONMARU_TERRAFORM_MIRROR ?? FOLDERS.find((folder) => existsSync(folder));
