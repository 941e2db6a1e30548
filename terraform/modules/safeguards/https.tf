# A certificate that renews by itself, HTTPS listeners with a current policy, HTTP forwarded to HTTPS.

locals {
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  has_domain = var.domain != null && contains(local.wanted, "acm")
  https      = local.has_domain ? var.load_balancers : {}
}

resource "aws_acm_certificate" "this" {
  count = local.has_domain ? 1 : 0

  domain_name       = var.domain.name
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = local.has_domain ? {
    for option in aws_acm_certificate.this[0].domain_validation_options : option.domain_name => option
  } : {}

  zone_id = var.domain.hosted_zone_id
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  ttl     = 300
  records = [each.value.resource_record_value]
}

resource "aws_acm_certificate_validation" "this" {
  count = local.has_domain ? 1 : 0

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_lb_listener" "https" {
  for_each = local.https

  load_balancer_arn = each.value.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = local.ssl_policy
  certificate_arn   = aws_acm_certificate.this[0].arn

  default_action {
    type             = "forward"
    target_group_arn = each.value.target_group_arn
  }

  depends_on = [aws_acm_certificate_validation.this]
}

resource "aws_lb_listener" "http" {
  for_each = contains(local.wanted, "tls") ? local.https : {}

  load_balancer_arn = each.value.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}
