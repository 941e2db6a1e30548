# A web ACL that blocks: rate limit, common rules, SQL injection rules.

locals {
  web_acl_places = contains(local.wanted, "waf") ? merge(
    { for name, each in var.load_balancers : name => each.arn },
    var.web_acl_places,
  ) : {}
}

module "web_firewall" {
  source = "./web-firewall"
  count  = length(local.web_acl_places) > 0 ? 1 : 0

  name       = var.name
  rate_limit = var.rate_limit
}

resource "aws_wafv2_web_acl_association" "place" {
  for_each = local.web_acl_places

  resource_arn = each.value
  web_acl_arn  = module.web_firewall[0].arn
}
