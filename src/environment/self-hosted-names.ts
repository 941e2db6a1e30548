/** Names of the files that describe an environment off AWS, beside YAML and JSON. */
export const COMPOSE_FILE = /^(?:docker-)?compose(?:[.-][\w-]+)*\.ya?ml$/i;
export const CADDY_FILE = /^Caddyfile(?:\.\w+)?$|\.caddyfile$/i;
export const NGINX_FILE = /\.conf$|^nginx\.conf/i;

/** Whether a walk takes a file of this name for its sake. */
export function isConfigurationName(name: string): boolean {
  return CADDY_FILE.test(name) || NGINX_FILE.test(name);
}
