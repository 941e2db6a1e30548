/** The schema of what `honmaru collect --host` writes. */
export const HOST_SCHEMA = 'honmaru.host/1';

/** Facts of one machine. What could not be asked is null and unknown, never a "no". */
export interface HostFacts {
  readonly schema: typeof HOST_SCHEMA;
  /** ISO 8601. */
  readonly collectedAt: string;
  readonly name: string;
  readonly system: string | null;
  /** Addresses of its interfaces, loopback left out. */
  readonly addresses: readonly string[] | null;
  readonly packages: {
    readonly installed: number;
    readonly security: number | null;
    readonly names: readonly string[];
  } | null;
  /** Whether updates install themselves. */
  readonly unattended: boolean | null;
  readonly sockets:
    | readonly { readonly address: string; readonly port: number; readonly process: string | null }[]
    | null;
  readonly firewall: {
    readonly kind: 'nftables' | 'iptables' | 'ufw' | 'none';
    /** Whether what no rule allows is dropped on its way in. */
    readonly dropsByDefault: boolean;
    readonly openPorts: readonly number[];
  } | null;
  readonly users:
    | readonly { readonly name: string; readonly sudo: boolean; readonly passwordless: boolean | null }[]
    | null;
  readonly sshd: Readonly<Record<string, string>> | null;
  readonly disks: readonly { readonly mount: string; readonly encrypted: boolean }[] | null;
  /** Timers and scheduled jobs that look like backups, by name. */
  readonly backups: readonly string[] | null;
  /** What was asked and not answered. */
  readonly gaps: readonly { readonly what: string; readonly error: string }[];
}
