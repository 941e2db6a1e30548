import type { Context } from 'hono';

/**
 * The prefix makes browsers refuse the cookie unless it is secure, for this host alone and for every path. Cookies do
 * not tell ports apart, so the console has a host name of its own. Source: RFC 6265bis, section 4.1.3.2.
 */
const NAME = '__Host-honmaru';

/** The cookie of a request; undefined when it has none, or several that differ. */
export function cookieOf(context: Context): string | undefined {
  const header = context.req.header('cookie') ?? '';
  const values = header.split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return part.slice(0, at).trim() === NAME ? [part.slice(at + 1).trim()] : [];
  });
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** `Set-Cookie` for a cookie that lasts as long as the browser; undefined takes it away. */
export function cookieHeader(cookie: string | undefined): string {
  const common = 'Path=/; Secure; HttpOnly; SameSite=Strict';
  return cookie === undefined ? `${NAME}=; Max-Age=0; ${common}` : `${NAME}=${cookie}; ${common}`;
}
