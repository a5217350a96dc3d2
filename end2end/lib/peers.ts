// Services nobody here wrote, beside the one in Apache: what npm's node-saml and PyPI's pysaml2 make of us. Each asks with
// a signed request, opens and verifies the answer, and looks at the level itself, whatever it asked for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Profile, SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { go, read } from "./application";
import { Service, freePort, run } from "./process";
import type { Portal } from "./server";

const LEVEL = "https://data.gov.dk/concept/core/nsis/loa";
const LEVELS = ["Low", "Substantial", "High"];
const CORE = "https://data.gov.dk/model/core";
const PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A running service that is known to the portal. At `/login` it asks, with the wishes of its query; at `/` it says who is there. */
export interface Peer {
  readonly url: string;
  /** What people call it. */
  readonly name: string;
  /** Its entity id. */
  readonly entityId: string;
  /** What it wrote, for the report of a failed test. */
  readonly log: string;
  /** Takes the portal's metadata as it is now, where it can: until then it holds what it read when it started. */
  takesMetadata?(): Promise<void>;
  stop(): Promise<void>;
}

/** A kind of service: how it starts, what it makes of a refusal, and whether it can be told of a logout without a browser. */
export interface Kind {
  start(portal: Portal): Promise<Peer>;
  refusedLevel: string;
  refusedPassive: string;
  /** Of a person who gave up. */
  refusedByHer: string;
  /** What it says of an answer signed with a key it does not hold, where it takes our metadata while it runs. */
  refusedKey?: string;
  /** By SOAP; else it is told by forms her browser carries, and logs her out of everything itself. */
  isTold: boolean;
}

export const KINDS: Record<string, Kind> = {
  "npm's node-saml": {
    start: (portal) => NodePeer.start(portal),
    refusedLevel: "SAML provider returned Responder error: NoAuthnContext",
    refusedPassive: "NoPassive",
    refusedByHer: "SAML provider returned Responder error: AuthnFailed",
    refusedKey: "Invalid signature from encrypted assertion",
    isTold: false,
  },
  "PyPI's pysaml2": {
    start: (portal) => PythonPeer.start(portal),
    refusedLevel: "StatusNoAuthnContext",
    refusedPassive: "StatusNoPassive",
    refusedByHer: "StatusAuthnFailed",
    isTold: true,
  },
};

/** The portal's metadata as it is now, into the folder. */
async function takeMetadata(portal: Portal, folder: string): Promise<void> {
  writeFileSync(join(folder, "idp.xml"), await (await fetch(`${portal.url}/saml/metadata`)).text());
}

/** A folder with a key, its certificate, and our metadata. */
async function prepared(portal: Portal, name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `nsis-id-${name}-`));
  const [key, certificate] = [join(folder, "sp.key"), join(folder, "sp.crt")];
  const request = ["req", "-x509", "-newkey", "rsa:3072", "-noenc", "-sha256", "-days", "2", "-subj", `/CN=${name}`];
  await run("openssl", ...request, "-keyout", key, "-out", certificate);
  await takeMetadata(portal, folder);
  return folder;
}

/** Makes its metadata known. Neither library opens keys that travel by OAEP with SHA-256. */
async function connect(portal: Portal, folder: string, name: string): Promise<void> {
  const kind = ["--name", name, "--encryption", "oaep-mgf1p-gcm"];
  await portal.command("service", "add", join(folder, "sp.xml"), ...kind, "--reason", "a service for the tests");
}

/** npm's node-saml, in this process. */
class NodePeer implements Peer {
  readonly name = "Node-tjenesten";
  readonly log = "";
  private readonly asked = new Map<string, string>();
  private wanted = "Substantial";
  private visitor?: Record<string, string>;
  private said = "ingen";

  private constructor(
    readonly url: string,
    private readonly portal: Portal,
    private readonly folder: string,
    private readonly server: Server,
  ) {
    server.on("request", (request, response) => {
      this.serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
  }

  static async start(portal: Portal): Promise<NodePeer> {
    const folder = await prepared(portal, "node-saml");
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
    const peer = new NodePeer(`http://localhost:${port}`, portal, folder, server);
    const certificate = readFileSync(join(folder, "sp.crt"), "utf8");
    writeFileSync(join(folder, "sp.xml"), peer.saml().generateServiceProviderMetadata(certificate, certificate));
    await connect(portal, folder, peer.name);
    return peer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  get entityId(): string {
    return `${this.url}/metadata`;
  }

  takesMetadata(): Promise<void> {
    return takeMetadata(this.portal, this.folder);
  }

  private saml(wishes = new URLSearchParams(), validateInResponseTo = ValidateInResponseTo.always): SAML {
    const idp = readFileSync(join(this.folder, "idp.xml"), "utf8");
    const found = (pattern: RegExp) => pattern.exec(idp)?.[1] ?? "";
    const key = readFileSync(join(this.folder, "sp.key"), "utf8");
    return new SAML({
      issuer: this.entityId,
      callbackUrl: `${this.url}/acs`,
      logoutCallbackUrl: `${this.url}/slo`,
      logoutUrl: found(/SingleLogoutService[^>]*?Location="([^"]+)"/),
      entryPoint: found(/SingleSignOnService[^>]*?Location="([^"]+)"/),
      idpIssuer: found(/entityID="([^"]+)"/),
      idpCert: Array.from(idp.matchAll(/X509Certificate>([^<]+)</g), (match) => match[1] ?? ""),
      privateKey: key,
      publicCert: readFileSync(join(this.folder, "sp.crt"), "utf8"),
      decryptionPvk: key,
      signatureAlgorithm: "sha256",
      digestAlgorithm: "sha256",
      identifierFormat: PERSISTENT,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      authnContext: [`${LEVEL}/${wishes.get("level") ?? "Substantial"}`],
      racComparison: "minimum",
      forceAuthn: wishes.has("force_authn"),
      passive: wishes.has("is_passive"),
      acceptedClockSkewMs: 5_000,
      validateInResponseTo,
      // Kept over requests: an answer belongs to a question of its own, once.
      cacheProvider: {
        saveAsync: async (id, value) => (this.asked.set(id, value), { value, createdAt: Date.now() }),
        getAsync: async (id) => this.asked.get(id) ?? null,
        removeAsync: async (id) => (this.asked.delete(id ?? ""), id),
      },
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    switch (url.pathname) {
      case "/login":
        this.wanted = url.searchParams.get("level") ?? "Substantial";
        return go(response, new URL(await this.saml(url.searchParams).getAuthorizeUrlAsync("til-node", "localhost", {})));
      case "/acs":
        await this.hear(Object.fromEntries(new URLSearchParams(await read(request))));
        return go(response, new URL(this.url));
      case "/logout":
        return go(response, await this.leave());
      case "/slo":
        return go(response, await this.hearLogout(Object.fromEntries(new URLSearchParams(await read(request)))));
      case "/":
        return this.front(response);
      default:
        return void response.writeHead(204).end();
    }
  }

  /** She logs out here: of the portal too, and of whatever else is open. */
  private async leave(): Promise<URL> {
    const { nameId: nameID = "", session: sessionIndex } = this.visitor ?? {};
    [this.visitor, this.said] = [undefined, "logget ud her"];
    const whom = { issuer: "", nameID, nameIDFormat: PERSISTENT, sessionIndex };
    return new URL(await this.saml().getLogoutUrlAsync(whom, "farvel", {}));
  }

  /** A form about logging out: a request, which is answered, or the answer to its own. The library says whether it is genuine. */
  private async hearLogout({ SAMLRequest, SAMLResponse = "", RelayState = "" }: Record<string, string>): Promise<URL> {
    // No answer about logging out names its request where the library looks for one.
    const saml = this.saml(undefined, ValidateInResponseTo.ifPresent);
    if (SAMLRequest === undefined) {
      const { loggedOut } = await saml.validatePostResponseAsync({ SAMLResponse });
      if (loggedOut && RelayState === "farvel") this.said = "logget ud af det hele";
      return new URL(this.url);
    }
    const { profile } = await saml.validatePostRequestAsync({ SAMLRequest });
    this.visitor = undefined;
    return new URL(await saml.getLogoutResponseUrlAsync(profile, RelayState, {}, true));
  }

  private async hear(form: Record<string, string>): Promise<void> {
    this.visitor = undefined;
    try {
      const { profile } = await this.saml().validatePostResponseAsync(form);
      if (profile === null) return void (this.said = "NoPassive");
      const told = shownOf(profile, form.RelayState ?? "");
      if (LEVELS.indexOf(told.loa ?? "") < LEVELS.indexOf(this.wanted)) return void (this.said = "level");
      [this.visitor, this.said] = [told, "logget ind"];
    } catch (error) {
      this.said = error instanceof Error ? error.message : String(error);
    }
  }

  private front(response: ServerResponse): void {
    const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const title = `${this.visitor ? "Logget ind i" : "Ikke logget ind i"} ${this.name}`;
    const rows = Object.entries(this.visitor ?? {}).map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(
      `<!DOCTYPE html><html lang="da"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">` +
        `<h1>${title}</h1><p id="said">${escaped(this.said)}</p><dl>${rows.join("")}</dl>`,
    );
  }
}

/** What a signed assertion says, under short names. */
function shownOf(profile: Profile, relayState: string): Record<string, string> {
  const said = (name: string) => String(profile[name] ?? "");
  const assertion = profile.getAssertion?.() as { Assertion?: { AuthnStatement?: { $: { AuthnInstant: string } }[] } } | undefined;
  return {
    loa: said(LEVEL),
    cvr: said(`${CORE}/eid/professional/cvr`),
    orgName: said(`${CORE}/eid/professional/orgName`),
    specVersion: said(`${CORE}/specVersion`),
    authenticated: assertion?.Assertion?.AuthnStatement?.[0]?.$.AuthnInstant ?? "",
    nameId: profile.nameID,
    session: profile.sessionIndex ?? "",
    relayState,
  };
}

/** PyPI's pysaml2, in a process of its own. */
class PythonPeer implements Peer {
  readonly name = "Python-tjenesten";

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly service: Service,
  ) {}

  static async start(portal: Portal): Promise<PythonPeer> {
    const folder = await prepared(portal, "pysaml2");
    const port = await freePort();
    const here = join(root, "end2end/peers");
    const python = (await run(join(root, "scripts/python-env"), join(here, "requirements.txt"))).trim();
    const service = Service.start(python, [join(here, "pysaml2_service.py"), folder, String(port)]);
    const peer = new PythonPeer(`http://localhost:${port}`, folder, service);
    await service.line(/^ready$/, 60);
    await connect(portal, folder, peer.name);
    return peer;
  }

  get entityId(): string {
    return `${this.url}/metadata`;
  }

  get log(): string {
    return this.service.log;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
