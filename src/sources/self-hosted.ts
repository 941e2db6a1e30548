/** Types of resources off AWS, and what tells a program from its image; nothing else is loaded with them. */
export const NGINX_SERVER = 'Nginx::Server';
export const CADDY_SITE = 'Caddy::Site';
export const COMPOSE_SERVICE = 'Compose::Service';
export const COMPOSE_DATABASE = 'Compose::Database';
export const HOST = 'Host::Machine';

/** `docker.io/library/postgres:17@sha256:…` → `postgres`. */
export function imageName(image: string): string {
  const path = image.split('@')[0] ?? '';
  return (path.split('/').at(-1) ?? '').split(':')[0]?.toLowerCase() ?? '';
}
