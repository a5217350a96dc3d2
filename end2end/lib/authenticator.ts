// A phone's passkeys or a security key in a page's hand: Chromium's virtual authenticator.
import type { CDPSession, Page } from "@playwright/test";

/** What it can do. Each is a real kind of thing people have. */
export type Kind = "phone" | "synced" | "key" | "u2f";

const KINDS = {
  // Keeps passkeys, verifies its owner, never copies them.
  phone: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  // The same, copied to a cloud.
  synced: {
    protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    defaultBackupEligibility: true, defaultBackupState: true,
  },
  // On a key ring, without a PIN.
  key: { protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: false },
  // Older than passkeys.
  u2f: { protocol: "u2f", transport: "usb" },
} as const;

/** One credential in it, as Chromium tells it. */
export interface Credential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

export class Authenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {}

  /** Gives the page one. */
  static async give(page: Page, kind: Kind): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable", { enableUI: false });
    const options = { ...KINDS[kind], automaticPresenceSimulation: true };
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
    return new Authenticator(session, authenticatorId);
  }

  /** What it holds. */
  async credentials(): Promise<Credential[]> {
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId: this.id });
    return credentials;
  }

  /** Puts a credential into it, as whoever copied it would. */
  async take(credential: Credential): Promise<void> {
    await this.session.send("WebAuthn.addCredential", { authenticatorId: this.id, credential });
  }

  /** Whether it knows the finger that touches it. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.session.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }

  /** Whether somebody touches it when it asks. Chromium's own list of passkeys chooses by itself where somebody does. */
  async touched(enabled: boolean): Promise<void> {
    await this.session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.id, enabled });
  }
}
