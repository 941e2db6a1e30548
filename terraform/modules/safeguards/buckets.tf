# Buckets: closed to the public, versioned, encrypted with the data key, logged, HTTPS only.

resource "aws_s3_bucket_public_access_block" "bucket" {
  for_each = contains(local.wanted, "s3-block-public-access") ? var.buckets : {}

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "bucket" {
  for_each = contains(local.wanted, "backup") ? var.buckets : {}

  bucket = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bucket" {
  for_each = contains(local.wanted, "kms") ? { for name, each in var.buckets : name => each if each.encrypt } : {}

  bucket = each.value.id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data[0].arn
    }
  }
}

resource "aws_s3_bucket_logging" "bucket" {
  for_each = local.logs_wanted ? var.buckets : {}

  bucket        = each.value.id
  target_bucket = aws_s3_bucket.logs[0].id
  target_prefix = "${each.key}/"
}

resource "aws_s3_bucket_policy" "bucket" {
  for_each = contains(local.wanted, "tls") ? var.buckets : {}

  bucket = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(each.value.statements, [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [each.value.arn, "${each.value.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }])
  })
}
