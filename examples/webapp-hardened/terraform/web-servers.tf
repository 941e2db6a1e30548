# Two servers at least, private, patched, without passwords.

resource "aws_security_group" "web_security_group" {
  description = "The application from the load balancer"
  vpc_id      = aws_vpc.vpc.id

  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    protocol        = "tcp"
    from_port       = 3000
    to_port         = 3000
    security_groups = [aws_security_group.load_balancer_security_group.id]
  }
}

resource "aws_vpc_security_group_egress_rule" "web_to_database" {
  security_group_id            = aws_security_group.web_security_group.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.database_security_group.id
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

resource "aws_iam_role_policy_attachment" "web_managed" {
  role       = aws_iam_role.web_role.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_role_policy" "webapp" {
  name = "webapp"
  role = aws_iam_role.web_role.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.upload_bucket.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.application_secret.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data_key.arn
      },
    ]
  })
}

resource "aws_iam_instance_profile" "web_instance_profile" {
  role = aws_iam_role.web_role.name
}

resource "aws_launch_template" "web_server_template" {
  image_id               = var.image_id
  instance_type          = "t3.small"
  vpc_security_group_ids = [aws_security_group.web_security_group.id]

  iam_instance_profile {
    arn = aws_iam_instance_profile.web_instance_profile.arn
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      volume_type = "gp3"
      encrypted   = true
    }
  }

  user_data = base64encode(<<-EOT
    #!/bin/bash
    cat >> /etc/webapp.env <<ENV
    DATABASE_HOST=${aws_db_instance.database.address}
    DATABASE_SECRET_ARN=${aws_secretsmanager_secret.application_secret.arn}
    UPLOAD_BUCKET=${aws_s3_bucket.upload_bucket.id}
    ENV
    systemctl restart webapp
  EOT
  )
}

resource "aws_autoscaling_group" "web_servers" {
  min_size                  = 2
  max_size                  = 4
  health_check_type         = "ELB"
  health_check_grace_period = 120
  vpc_zone_identifier       = [aws_subnet.private_subnet_a.id, aws_subnet.private_subnet_c.id]
  target_group_arns         = [aws_lb_target_group.web_target_group.arn]

  launch_template {
    id      = aws_launch_template.web_server_template.id
    version = aws_launch_template.web_server_template.latest_version
  }

  tag {
    key                 = "PatchedBy"
    value               = "weekly"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "web_scaling" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web_servers.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_ssm_association" "weekly_patches" {
  name                = "AWS-RunPatchBaseline"
  association_name    = "weekly-patches"
  schedule_expression = "cron(0 18 ? * SAT *)"
  max_concurrency     = "1"

  parameters = {
    Operation    = "Install"
    RebootOption = "RebootIfNeeded"
  }

  targets {
    key    = "tag:PatchedBy"
    values = ["weekly"]
  }
}
