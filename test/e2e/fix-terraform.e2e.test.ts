import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixAndProve } from './fix-support.ts';
import { inFolder, programOnPath, run } from './program.ts';
import { TERRAFORM_MIRROR as MIRROR } from './terraform-mirror.ts';

const TERRAFORM = programOnPath('terraform');

const MAIN = `resource "aws_db_instance" "many" {
  count               = 2
  engine              = "mysql"
  instance_class      = "db.t3.micro"
  identifier          = "orders-\${count.index}" # one for each half
  skip_final_snapshot = true
}

resource "aws_db_instance" "each" {
  for_each       = { old = "mysql", new = "postgres" }
  engine         = each.value
  instance_class = "db.t3.micro"
  multi_az       = each.key == "new"
}

module "store" {
  source = "./store"
  name   = "photos"
}
`;

const MODULE = `variable "name" {
  type = string
}

# what people upload
resource "aws_db_instance" "index" {
  identifier     = var.name
  engine         = "mysql"
  instance_class = "db.t3.micro"
}
`;

test('count, for_each and a module: what is the same for all of a block is changed, the rest is refused', (context) =>
  inFolder((folder) => {
    mkdirSync(join(folder, 'store'));
    writeFileSync(join(folder, 'main.tf'), MAIN);
    writeFileSync(join(folder, 'store/main.tf'), MODULE);
    const { changes } = fixAndProve(folder, '.');
    const outcomes = new Map(changes.map(({ id, outcome }) => [id, outcome]));
    for (const place of [
      'aws_db_instance.many[0]',
      'aws_db_instance.many[1]',
      'module.store.aws_db_instance.index',
    ]) {
      assert.equal(outcomes.get(`backup@tf:${place}`), 'edit', place);
    }
    // The logs that an engine has differ, and one of the two has a standby already.
    for (const id of ['logging', 'redundancy']) {
      assert.equal(outcomes.get(`${id}@tf:aws_db_instance.each["old"]`), 'refused', id);
    }
    const main = readFileSync(join(folder, 'main.tf'), 'utf8');
    assert.equal(main.match(/backup_retention_period = 7/g)?.length, 2, 'once for each block');
    assert.match(main, /multi_az {7}= each\.key == "new"/);
    assert.match(
      readFileSync(join(folder, 'store/main.tf'), 'utf8'),
      /# what people upload[\s\S]*deletion_protection = true/,
    );
    if (!MIRROR || !TERRAFORM) {
      context.diagnostic('NOT RUN: terraform validate needs terraform and a folder tf-plugins');
      return;
    }
    const init = ['init', '-backend=false', '-input=false', `-plugin-dir=${MIRROR}`];
    const ready = run(TERRAFORM, init, { cwd: folder });
    assert.equal(ready.code, 0, ready.err);
    const valid = run(TERRAFORM, ['validate', '-no-color'], { cwd: folder });
    assert.equal(valid.code, 0, valid.err);
  }));
