resource "aws_security_group" "database" {
  description = "The database, from the application; it opens no connections"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "database_from_web" {
  security_group_id            = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.web.id
}

resource "aws_db_subnet_group" "main" {
  description = "Data subnets for the database"
  subnet_ids  = [aws_subnet.data_a.id, aws_subnet.data_c.id]
}

resource "aws_db_instance" "main" {
  engine                              = "mysql"
  engine_version                      = "8.4.6"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  storage_type                        = "gp3"
  db_name                             = "webapp"
  username                            = "dbowner"
  db_subnet_group_name                = aws_db_subnet_group.main.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "webapp-final"

  parameter_group_name            = local.database.parameter_group_name
  backup_retention_period         = local.database.backup_retention_period
  deletion_protection             = local.database.deletion_protection
  copy_tags_to_snapshot           = local.database.copy_tags_to_snapshot
  multi_az                        = local.database.multi_az
  storage_encrypted               = local.database.storage_encrypted
  kms_key_id                      = local.database.kms_key_id
  manage_master_user_password     = local.database.manage_master_user_password
  master_user_secret_kms_key_id   = local.database.master_user_secret_kms_key_id
  enabled_cloudwatch_logs_exports = local.database.enabled_cloudwatch_logs_exports
  publicly_accessible             = local.database.publicly_accessible
}

resource "aws_s3_bucket" "uploads" {
  lifecycle {
    prevent_destroy = true
  }
}
