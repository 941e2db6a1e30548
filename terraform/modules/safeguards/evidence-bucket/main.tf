# A bucket for evidence: encrypted, versioned, closed to the public, kept, locked where its writer allows it, and telling
# EventBridge what happens in it.

variable "key_arn" {
  description = "The key under which evidence is encrypted"
  type        = string
}

variable "lock_days" {
  description = "Days for which nobody may erase an object; without them objects can be locked one by one"
  type        = number
  default     = null
}

variable "statements" {
  description = "Which services may do what, where (below the bucket, such as /logs/*; empty for the bucket itself), and under which conditions"
  type = list(object({
    service    = string
    actions    = list(string)
    below      = string
    conditions = map(string)
  }))
  default = []
}

resource "aws_s3_bucket" "this" {
  object_lock_enabled = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.key_arn
    }
  }
}

resource "aws_s3_bucket_notification" "this" {
  bucket      = aws_s3_bucket.this.id
  eventbridge = true
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  count = var.lock_days == null ? 0 : 1

  bucket = aws_s3_bucket.this.id

  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = var.lock_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for each in var.statements : {
        Effect    = "Allow"
        Principal = { Service = each.service }
        Action    = each.actions
        Resource  = "${aws_s3_bucket.this.arn}${each.below}"
        Condition = { StringEquals = each.conditions }
      }],
      [{
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
    )
  })
}

output "id" {
  description = "The bucket's name"
  value       = aws_s3_bucket.this.id

  # Writers check the policy when they are made.
  depends_on = [aws_s3_bucket_policy.this]
}

output "arn" {
  description = "The bucket's ARN"
  value       = aws_s3_bucket.this.arn
}
