# Encrypted with an own key, backed up, reached by the servers only.

resource "aws_kms_key" "data_key" {
  description         = "Data of the application"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DelegateToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# The database opens no connections: there is no rule for going out.
resource "aws_security_group" "database_security_group" {
  description = "MySQL from the application"
  vpc_id      = aws_vpc.vpc.id
}

resource "aws_vpc_security_group_ingress_rule" "database_from_web" {
  security_group_id            = aws_security_group.database_security_group.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.web_security_group.id
}

resource "aws_db_subnet_group" "database_subnets" {
  description = "Data subnets for the database"
  subnet_ids  = [aws_subnet.data_subnet_a.id, aws_subnet.data_subnet_c.id]
}

resource "aws_db_parameter_group" "database_parameters" {
  description = "Connections need TLS"
  family      = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_instance" "database" {
  engine                          = "mysql"
  engine_version                  = "8.0.46"
  instance_class                  = "db.t3.micro"
  allocated_storage               = 20
  db_name                         = "webapp"
  username                        = "admin"
  manage_master_user_password     = true
  master_user_secret_kms_key_id   = aws_kms_key.data_key.key_id
  db_subnet_group_name            = aws_db_subnet_group.database_subnets.name
  vpc_security_group_ids          = [aws_security_group.database_security_group.id]
  parameter_group_name            = aws_db_parameter_group.database_parameters.name
  publicly_accessible             = false
  multi_az                        = true
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.data_key.arn
  backup_retention_period         = 14
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = ["error", "slowquery"]
  skip_final_snapshot             = false
  final_snapshot_identifier       = "${local.name}-final"
}

# The application signs in as a user of its own (made by its first migration), not as the master user. Its
# first password is made while Terraform runs and is kept in the secret only, never in the state.
resource "aws_secretsmanager_secret" "application_secret" {
  description = "The application's user of the database"
  kms_key_id  = aws_kms_key.data_key.arn
}

ephemeral "aws_secretsmanager_random_password" "first" {
  password_length    = 32
  exclude_characters = "\"@/\\'"
}

resource "aws_secretsmanager_secret_version" "application_secret" {
  secret_id                = aws_secretsmanager_secret.application_secret.id
  secret_string_wo_version = 1
  secret_string_wo = jsonencode({
    engine   = "mysql"
    host     = aws_db_instance.database.address
    username = "webapp"
    password = ephemeral.aws_secretsmanager_random_password.first.random_password
  })
}

resource "aws_secretsmanager_secret_rotation" "application_secret_rotation" {
  secret_id           = aws_secretsmanager_secret.application_secret.id
  rotation_lambda_arn = var.rotation_function_arn

  rotation_rules {
    automatically_after_days = 30
  }

  depends_on = [aws_secretsmanager_secret_version.application_secret]
}

resource "aws_s3_bucket" "upload_bucket" {
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "upload_bucket" {
  bucket                  = aws_s3_bucket.upload_bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "upload_bucket" {
  bucket = aws_s3_bucket.upload_bucket.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "upload_bucket" {
  bucket = aws_s3_bucket.upload_bucket.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "upload_bucket" {
  bucket = aws_s3_bucket.upload_bucket.id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data_key.arn
    }
  }
}

resource "aws_s3_bucket_logging" "upload_bucket" {
  bucket        = aws_s3_bucket.upload_bucket.id
  target_bucket = aws_s3_bucket.log_bucket.id
  target_prefix = "uploads/"
}

resource "aws_s3_bucket_policy" "upload_bucket_policy" {
  bucket = aws_s3_bucket.upload_bucket.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.upload_bucket.arn, "${aws_s3_bucket.upload_bucket.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
