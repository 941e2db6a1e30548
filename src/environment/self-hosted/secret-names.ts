const SECRET = /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|TOKEN|CREDENTIALS?)$/i;

/** Whether the name of an environment variable says that it holds a secret. */
export function isSecretSetting(name: string): boolean {
  return SECRET.test(name);
}
