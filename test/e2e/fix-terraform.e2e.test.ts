import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
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
    validate(folder, context);
  }));

const EDGE = `resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    domain_name = aws_lb.front.dns_name
    origin_id   = "front"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only" # since last year
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    domain_name = "images.example.com"
    origin_id   = "images"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "front"
    viewer_protocol_policy = "allow-all"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_lb" "front" {
  load_balancer_type = "application"
  subnets            = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "secure" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = "ami-1"
  instance_type = "t3.micro"

  dynamic "block_device_mappings" {
    for_each = ["/dev/sdb"]

    content {
      device_name = block_device_mappings.value
    }
  }
}

resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-1"]

  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }
}
`;

test('a distribution, a listener without a certificate and a launch template with a dynamic block are edited', (context) =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'main.tf'), EDGE);
    const { changes } = fixAndProve(folder, '.');
    const outcomes = new Map(changes.map(({ id, outcome }) => [id, outcome]));
    for (const id of [
      'waf@tf:aws_cloudfront_distribution.site',
      'tls@tf:aws_cloudfront_distribution.site',
      'logging@tf:aws_cloudfront_distribution.site',
      'acm@tf:aws_lb_listener.secure',
      'imdsv2@tf:aws_launch_template.web',
      'patch-manager@tf:aws_autoscaling_group.web',
    ]) {
      assert.equal(outcomes.get(id), 'edit', id);
    }
    const main = readFileSync(join(folder, 'main.tf'), 'utf8');
    assert.equal(main.match(/^ {2}origin \{/gm)?.length, 2, 'no origin more');
    assert.doesNotMatch(main, /http-only|allow-all|cloudfront_default_certificate/);
    assert.match(main, /"https-only" # since last year/);
    validate(folder, context);
  }));

/** `terraform validate`, where Terraform and its provider are there. */
function validate(folder: string, context: TestContext): void {
  if (!MIRROR || !TERRAFORM) {
    context.diagnostic('NOT RUN: terraform validate needs terraform and a folder tf-plugins');
    return;
  }
  const init = ['init', '-backend=false', '-input=false', `-plugin-dir=${MIRROR}`];
  const ready = run(TERRAFORM, init, { cwd: folder });
  assert.equal(ready.code, 0, ready.err);
  const valid = run(TERRAFORM, ['validate', '-no-color'], { cwd: folder });
  assert.equal(valid.code, 0, valid.err);
}
