import { z } from 'zod';
import { list, TextSchema } from './common.ts';

/** What somebody may do here, decided by the policy engine for this session; the server asks again each time. */
export const PermissionsSchema = z
  .object({
    propose: z.boolean(),
    /** By policy; a risk's owner is asked beside it, and a second factor. */
    decide: z.boolean(),
    close: z.boolean(),
    changeClass: z.boolean(),
    /** See what `honmaru fix` would change in the files: their lines are shown. */
    fix: z.boolean(),
    enter: z.boolean(),
    report: z.boolean(),
    administer: z.boolean(),
  })
  .meta({ id: 'Permissions' });

export const UserSchema = z
  .object({
    account: z.string(),
    name: z.string(),
    arn: z.string(),
    /** The name under which this user proposes and decides. */
    person: z.string(),
    /** Whether `honmaru.yaml` names this person as the owner. */
    owner: z.boolean(),
    /** How the second factor was given in this session. */
    mfa: z.enum(['none', 'totp', 'passkey']),
    permissions: PermissionsSchema,
  })
  .meta({ id: 'User' });

/** What the console asks first. `csrf` goes into the header `X-Honmaru-Csrf` of every request that is no GET. */
export const SessionSchema = z
  .object({
    /** `password-change-needed`: signed in, and only `POST /api/me/password` is answered. */
    state: z.enum(['set-up-needed', 'signed-out', 'mfa-needed', 'password-change-needed', 'signed-in']),
    csrf: z.string(),
    version: z.string(),
    /** With `mfa-needed`: what may be given. */
    methods: list(z.enum(['totp', 'passkey'])).optional(),
    user: UserSchema.optional(),
    environment: z.object({ name: z.string(), owner: z.string().optional() }).optional(),
    /** ISO 8601. */
    expiresAt: z.string().optional(),
  })
  .meta({ id: 'Session' });

const userName = z.string().regex(/^[\w+=,.@-]{1,64}$/);
const password = z.string().min(1).max(128);
const code = z.string().regex(/^\d{6}$/);

export const SetUpBody = z.strictObject({
  token: z.string().min(1).max(200),
  name: userName,
  password,
  /** The name under which this user proposes and decides; default: the user's name. */
  person: z.string().min(1).max(200).optional(),
});
/** The access key is shown this once. */
export const SetUpAnswer = z.object({
  session: SessionSchema,
  account: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});

export const SignInBody = z.strictObject({
  /** Default: the account of this installation. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  name: userName,
  password,
});
export const CodeBody = z.strictObject({ code });

/** In the JSON forms of WebAuthn Level 3: hand it to the browser as it is. */
export const PasskeyOptions = z.object({ options: z.record(z.string(), z.unknown()) });
const passkeyAnswer = z
  .object({ id: z.string().max(2_000), rawId: z.string().max(2_000), type: z.literal('public-key') })
  .catchall(z.unknown());
export const PasskeyBody = z.strictObject({ response: passkeyAnswer });

export const MfaDeviceSchema = z.object({
  kind: z.enum(['totp', 'passkey']),
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  since: z.string(),
});
export const AccountSchema = z.object({
  user: UserSchema,
  devices: list(MfaDeviceSchema),
  groups: list(z.string()),
  policies: list(z.string()),
});
export const PasswordBody = z.strictObject({ before: password, after: password });
/** The seed of a code device that still has to be confirmed. */
export const TotpStart = z.object({
  serial: z.string(),
  secret: z.string(),
  uri: z.string(),
  /** The same as a QR code: `data:image/png;base64,…`. */
  qr: z.string(),
});
export const TotpConfirmBody = z.strictObject({ serial: z.string().max(256), first: code, second: code });
export const PasskeyAddBody = z.strictObject({ name: z.string().min(1).max(64), response: passkeyAnswer });

/** A session of the console. */
export const SignedInSchema = z.object({
  id: z.string(),
  user: z.string(),
  current: z.boolean(),
  /** ISO 8601. */
  since: z.string(),
  lastSeen: z.string(),
  expiresAt: z.string(),
  address: z.string(),
  /** As the browser says it: attackers can write anything here. */
  agent: z.string(),
  mfa: z.enum(['none', 'totp', 'passkey']),
});

/** A user of the account and the name under which they propose and decide. */
export const PersonSchema = z.object({
  user: z.string(),
  person: z.string(),
  owner: z.boolean(),
  passkeys: z.number(),
});
export const PeopleSchema = z.object({
  items: list(PersonSchema),
  owner: z.string().optional(),
  note: TextSchema.optional(),
});
export const PersonBody = z.strictObject({ person: z.string().min(1).max(200) });

export type Permissions = z.output<typeof PermissionsSchema>;
export type User = z.output<typeof UserSchema>;
export type Session = z.output<typeof SessionSchema>;
export type SignedIn = z.output<typeof SignedInSchema>;
export type MfaDevice = z.output<typeof MfaDeviceSchema>;
