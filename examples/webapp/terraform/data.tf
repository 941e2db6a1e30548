resource "aws_security_group" "database_security_group" {
  description = "MySQL from inside the network"
  vpc_id      = aws_vpc.vpc.id

  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["10.0.0.0/16"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_subnet_group" "database_subnets" {
  description = "Private subnets for the database"
  subnet_ids  = [aws_subnet.private_subnet_a.id, aws_subnet.private_subnet_c.id]
}

resource "aws_db_instance" "database" {
  engine                 = "mysql"
  engine_version         = "8.0.46"
  instance_class         = "db.t3.micro"
  allocated_storage      = 20
  db_name                = "webapp"
  username               = var.database_user
  password               = var.database_password
  db_subnet_group_name   = aws_db_subnet_group.database_subnets.name
  vpc_security_group_ids = [aws_security_group.database_security_group.id]
  publicly_accessible    = false

  # What CloudFormation does when nothing is said: one day of backups, a last snapshot on deletion.
  backup_retention_period   = 1
  final_snapshot_identifier = "webapp-database-final"
}

resource "aws_s3_bucket" "upload_bucket" {
}
