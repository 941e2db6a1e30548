resource "aws_security_group" "load_balancer_security_group" {
  description = "Web traffic from everywhere"
  vpc_id      = aws_vpc.vpc.id

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }

  # CloudFormation opens this way out by itself; Terraform closes it unless it is written.
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "load_balancer" {
  load_balancer_type = "application"
  internal           = false
  subnets            = [aws_subnet.public_subnet_a.id, aws_subnet.public_subnet_c.id]
  security_groups    = [aws_security_group.load_balancer_security_group.id]
}

resource "aws_lb_target_group" "web_target_group" {
  vpc_id      = aws_vpc.vpc.id
  protocol    = "HTTP"
  port        = 3000
  target_type = "instance"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_target_group_attachment" "web_server" {
  target_group_arn = aws_lb_target_group.web_target_group.arn
  target_id        = aws_instance.web_server.id
  port             = 3000
}

resource "aws_lb_listener" "http_listener" {
  load_balancer_arn = aws_lb.load_balancer.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web_target_group.arn
  }
}
