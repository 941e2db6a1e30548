# Parameter groups that need TLS, and the settings that belong into the resources of the databases.

locals {
  tls_parameter = {
    mysql             = "require_secure_transport"
    mariadb           = "require_secure_transport"
    aurora-mysql      = "require_secure_transport"
    postgres          = "rds.force_ssl"
    aurora-postgresql = "rds.force_ssl"
  }

  database_logs = {
    mysql             = ["error", "slowquery"]
    mariadb           = ["error", "slowquery"]
    aurora-mysql      = ["audit", "error", "slowquery"]
    postgres          = ["postgresql"]
    aurora-postgresql = ["postgresql"]
  }

  # PostgreSQL's families have the major version only.
  family = {
    for name, each in var.databases : name => "${each.engine}${
      strcontains(each.engine, "postgres")
      ? split(".", each.engine_version)[0]
      : join(".", slice(split(".", each.engine_version), 0, 2))
    }"
  }

  with_tls = contains(local.wanted, "tls") ? var.databases : {}

  database_settings = {
    for name, each in var.databases : name => {
      parameter_group_name = (
        !contains(local.wanted, "tls") ? null
        : each.cluster ? aws_rds_cluster_parameter_group.tls[name].name
        : aws_db_parameter_group.tls[name].name
      )
      backup_retention_period         = contains(local.wanted, "backup") ? var.backup_days : null
      deletion_protection             = contains(local.wanted, "backup")
      copy_tags_to_snapshot           = contains(local.wanted, "backup")
      multi_az                        = contains(local.wanted, "redundancy")
      storage_encrypted               = contains(local.wanted, "encryption-at-rest")
      kms_key_id                      = contains(local.wanted, "kms") ? aws_kms_key.data[0].arn : null
      manage_master_user_password     = contains(local.wanted, "secrets-manager") ? true : null
      master_user_secret_kms_key_id   = contains(local.wanted, "kms") && contains(local.wanted, "secrets-manager") ? aws_kms_key.data[0].key_id : null
      enabled_cloudwatch_logs_exports = local.logs_wanted ? local.database_logs[each.engine] : []
      publicly_accessible             = contains(local.wanted, "segmentation") ? false : null
    }
  }
}

resource "aws_db_parameter_group" "tls" {
  for_each = { for name, each in local.with_tls : name => each if !each.cluster }

  name_prefix = "${var.name}-${each.key}-"
  description = "Connections need TLS"
  family      = local.family[each.key]

  parameter {
    name  = local.tls_parameter[each.value.engine]
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_cluster_parameter_group" "tls" {
  for_each = { for name, each in local.with_tls : name => each if each.cluster }

  name_prefix = "${var.name}-${each.key}-"
  description = "Connections need TLS"
  family      = local.family[each.key]

  parameter {
    name  = local.tls_parameter[each.value.engine]
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}
