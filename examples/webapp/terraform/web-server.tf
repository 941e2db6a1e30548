resource "aws_security_group" "web_security_group" {
  description = "The application from the load balancer, and SSH"
  vpc_id      = aws_vpc.vpc.id

  ingress {
    protocol        = "tcp"
    from_port       = 3000
    to_port         = 3000
    security_groups = [aws_security_group.load_balancer_security_group.id]
  }

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_iam_role" "web_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "uploads" {
  name = "uploads"
  role = aws_iam_role.web_role.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_instance_profile" "web_instance_profile" {
  role = aws_iam_role.web_role.name
}

resource "aws_instance" "web_server" {
  ami                    = var.image_id
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public_subnet_a.id
  vpc_security_group_ids = [aws_security_group.web_security_group.id]
  iam_instance_profile   = aws_iam_instance_profile.web_instance_profile.name

  user_data = <<-EOT
    #!/bin/bash
    cat >> /etc/webapp.env <<ENV
    DATABASE_HOST=${aws_db_instance.database.address}
    DATABASE_USER=${var.database_user}
    DATABASE_PASSWORD=${var.database_password}
    UPLOAD_BUCKET=${aws_s3_bucket.upload_bucket.id}
    ENV
    systemctl restart webapp
  EOT
}
