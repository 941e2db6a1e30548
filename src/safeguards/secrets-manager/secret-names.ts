/** Names of settings that hold a secret. Names of pointers to one (ARN, NAME, ID, FILE, PATH) are none. */
const SECRET_NAME = /(passw(or)?d|passwd|secret|token|api_?key|private_?key|credential)/i;
const POINTER_NAME = /(arn|name|_id|file|path|url|ttl|expiry|expires|length)$/i;

/** Whether a setting's name says that its value is a secret. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name) && !POINTER_NAME.test(name);
}
