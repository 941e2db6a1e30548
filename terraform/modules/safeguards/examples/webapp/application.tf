resource "aws_security_group" "front" {
  description = "The load balancer"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "front_https" {
  security_group_id = aws_security_group.front.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "front_http" {
  security_group_id = aws_security_group.front.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "front_to_web" {
  security_group_id            = aws_security_group.front.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
  referenced_security_group_id = aws_security_group.web.id
}

resource "aws_lb" "web" {
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_c.id]
  security_groups            = [aws_security_group.front.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    enabled = true
    bucket  = module.safeguards.log_bucket
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id      = aws_vpc.main.id
  protocol    = "HTTP"
  port        = 3000
  target_type = "instance"

  health_check {
    path = "/health"
  }
}

resource "aws_route53_record" "address" {
  zone_id = local.hosted_zone_id
  name    = local.domain_name
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}

resource "aws_security_group" "web" {
  description = "The application, from the load balancer"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "web_from_front" {
  security_group_id            = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
  referenced_security_group_id = aws_security_group.front.id
}

resource "aws_vpc_security_group_egress_rule" "web_to_aws" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "web_to_database" {
  security_group_id            = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.database.id
}

resource "aws_iam_role" "web" {
  name = "webapp-servers"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# The application signs in to the database as its own user, by a token of IAM: there is no password.
resource "aws_iam_role_policy" "web" {
  name = "application"
  role = aws_iam_role.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.uploads.arn}/*" },
      {
        Effect   = "Allow"
        Action   = "rds-db:connect"
        Resource = "${replace(aws_db_instance.main.arn, "/:rds:(.*):db:.*/", ":rds-db:$1")}:dbuser:${aws_db_instance.main.resource_id}/webapp"
      },
    ]
  })
}

resource "aws_iam_instance_profile" "web" {
  role = aws_iam_role.web.name
}

resource "aws_launch_template" "web" {
  image_id               = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
  instance_type          = "t3.small"
  vpc_security_group_ids = [aws_security_group.web.id]

  iam_instance_profile {
    arn = aws_iam_instance_profile.web.arn
  }

  metadata_options {
    http_tokens                 = module.safeguards.http_tokens
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
    cat > /etc/webapp.env <<SETTINGS
    DATABASE_HOST=${aws_db_instance.main.address}
    DATABASE_USER=webapp
    DATABASE_SIGN_IN=iam
    UPLOAD_BUCKET=${aws_s3_bucket.uploads.id}
    SETTINGS
  EOT
  )
}

resource "aws_autoscaling_group" "web" {
  min_size                  = module.safeguards.minimum_servers
  max_size                  = 4
  health_check_type         = "ELB"
  health_check_grace_period = 120
  vpc_zone_identifier       = [aws_subnet.private_a.id, aws_subnet.private_c.id]
  target_group_arns         = [aws_lb_target_group.web.arn]

  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }

  dynamic "tag" {
    for_each = module.safeguards.server_tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
