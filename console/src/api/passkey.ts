/** Whether this browser can use passkeys in the JSON forms of WebAuthn Level 3. */
export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

/** What the server takes of a credential. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly [field: string]: unknown;
}

/**
 * Lets the person use a passkey; undefined when they turned it down.
 * @see "Web Authentication Level 3", section 5.1.9 and 5.1.10 (options from JSON), 5.1.1 (toJSON)
 */
export async function askPasskey(options: unknown): Promise<PasskeyAnswer | undefined> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  return await answered(() => navigator.credentials.get({ publicKey }));
}

/** Lets the person make a new passkey; undefined when they turned it down. */
export async function makePasskey(options: unknown): Promise<PasskeyAnswer | undefined> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return await answered(() => navigator.credentials.create({ publicKey }));
}

async function answered(ask: () => Promise<Credential | null>): Promise<PasskeyAnswer | undefined> {
  try {
    const credential = await ask();
    if (!(credential instanceof PublicKeyCredential)) return undefined;
    const { id, rawId, ...rest } = credential.toJSON();
    return { ...rest, id, rawId, type: 'public-key' };
  } catch (error) {
    if (
      error instanceof DOMException &&
      ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)
    ) {
      return undefined;
    }
    throw error;
  }
}
