// A service nobody here wrote: Apache with mod_auth_mellon, over TLS, on a folder and a port of its own.
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { Service, freePort, run } from "./process";
import type { Portal } from "./server";

/** What the portal calls it: the names below `localhost` are the browser's, not the machine's. */
const BACK_CHANNEL_HOST = "localhost";
const LEVEL = "https://data.gov.dk/concept/core/nsis/loa";
const MODULES = "/usr/lib/apache2/modules";

/** What the page behind the login shows: attribute names as the profile has them, under short ones. */
const SHOWN = {
  loa: "https://data.gov.dk/concept/core/nsis/loa",
  cvr: "https://data.gov.dk/model/core/eid/professional/cvr",
  orgName: "https://data.gov.dk/model/core/eid/professional/orgName",
  specVersion: "https://data.gov.dk/model/core/specVersion",
};

/** Which service it is. */
export interface Kind {
  /** What people call it. */
  name: string;
  /** A name of the loopback that is another site than the portal's `localhost`; each has its own cookies. */
  host: string;
  /** It is told of a logout by the back channel; else through browsers alone. */
  backChannel: boolean;
}

const USUAL: Kind = { name: "Prøvetjenesten", host: "tjeneste.localhost", backChannel: true };

/** A running service, known to the portal. */
export class Mellon {
  private constructor(
    /** The page behind the login. */
    readonly url: string,
    /** Where it logs out, here and at the portal, and leads to a page for everybody. */
    readonly logout: string,
    /** A page behind a login at a level nobody has. */
    readonly high: string,
    private readonly host: string,
    private readonly folder: string,
    private readonly service: Service,
  ) {}

  /** Starts it with fresh keys and makes it known to the portal. */
  static async start(portal: Portal, other: Partial<Kind> = {}): Promise<Mellon> {
    const kind = { ...USUAL, ...other };
    const folder = mkdtempSync(join(tmpdir(), "nsis-id-mellon-"));
    const port = await freePort();
    const origin = `https://${kind.host}:${port}`;
    await makeKeys(folder, kind.host);
    writeFileSync(join(folder, "idp.xml"), await (await fetch(`${portal.url}/saml/metadata`)).text());
    writeFileSync(join(folder, "sp.xml"), metadata(folder, origin, kind.backChannel ? `https://${BACK_CHANNEL_HOST}:${port}` : undefined));
    writeFileSync(join(folder, "apache.conf"), configuration(folder, kind.host, port));
    mkdirSync(join(folder, "site/beskyttet"), { recursive: true });
    writeFileSync(join(folder, "site/beskyttet/index.shtml"), page(kind.name));
    writeFileSync(join(folder, "site/farvel.shtml"), document(`Logget ud af ${kind.name}`, ""));
    writeFileSync(join(folder, "site/afvist.shtml"), document(`Ikke logget ind i ${kind.name}`, ""));
    const reason = ["--reason", "a service for the tests"];
    const settings = ["--name", kind.name, "--encryption", "oaep-mgf1p-gcm", "--context", "echo"];
    const backChannel = ["--back-channel-ca", join(folder, "ca.crt")];
    await portal.command("service", "add", join(folder, "sp.xml"), ...reason, ...settings, ...backChannel);
    const args = ["-d", folder, "-f", join(folder, "apache.conf"), "-DFOREGROUND"];
    const logout = `${origin}/mellon/logout?ReturnTo=${encodeURIComponent(`${origin}/farvel.shtml`)}`;
    const service = Service.start("/usr/sbin/apache2", args, await unprivileged(folder));
    const mellon = new Mellon(`${origin}/beskyttet/`, logout, `${origin}/hoej/`, kind.host, folder, service);
    await mellon.answers(port);
    return mellon;
  }

  /** What it wrote, for the report of a failed test. */
  get log(): string {
    const file = join(this.folder, "error.log");
    return this.service.log + (existsSync(file) ? readFileSync(file, "utf8") : "");
  }

  /** Stops it, as somebody does who pulls the plug: nobody answers any more. */
  halt(): Promise<void> {
    return this.service.stop();
  }

  /** Stops it and removes its folder. */
  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(port: number): Promise<void> {
    const ca = readFileSync(join(this.folder, "ca.crt"));
    const status = () =>
      new Promise<number>((resolve, reject) => {
        if (this.service.ended) reject(new Error(`Apache ended\n${this.log}`));
        const request = get({ host: "127.0.0.1", port, path: "/beskyttet/", servername: this.host, headers: { host: this.host }, ca });
        request.once("response", (response) => resolve(response.resume().statusCode ?? 0));
        request.once("error", () => resolve(0));
      });
    await expect.poll(status, { message: "Apache sends strangers to the login", timeout: 15_000 }).toBe(303);
  }
}

/** A throw-away authority, a certificate for TLS, and the service's own key for SAML. */
async function makeKeys(folder: string, host: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  const request = (name: string, kind: readonly string[], subject: string, ...more: string[]) =>
    run("openssl", "req", ...kind, "-noenc", "-sha256", "-subj", `/CN=${subject}`, "-keyout", at(`${name}.key`), ...more);
  // SAML asks for RSA; the way to the page takes what is made in no time.
  const [rsa, ec] = [["-newkey", "rsa:3072"], ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]];
  await Promise.all([
    request("ca", ec, "Throw-away CA", "-x509", "-days", "2", "-out", at("ca.crt")),
    request("sp", rsa, "mellon", "-x509", "-days", "2", "-out", at("sp.crt")),
    request("tls", ec, host, "-out", at("tls.csr"), "-addext", `subjectAltName=DNS:${host},DNS:${BACK_CHANNEL_HOST}`),
  ]);
  const signer = ["-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", "2", "-copy_extensions", "copy"];
  await run("openssl", "x509", "-req", "-in", at("tls.csr"), "-out", at("tls.crt"), ...signer);
}

/** Apache refuses to run as root: then it is started as the user Debian made for it, who gets the folder. */
async function unprivileged(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = (await Promise.all([run("id", "-u", "www-data"), run("id", "-g", "www-data")])).map(Number) as [number, number];
  chmodSync(folder, 0o700);
  for (const path of [".", ...(readdirSync(folder, { recursive: true }) as string[])]) chownSync(join(folder, path), uid, gid);
  return { uid, gid };
}

/** The service's metadata: signed requests, persistent names, encrypted assertions by POST, logout by redirect, by SOAP too where it is told. */
function metadata(folder: string, origin: string, backChannel?: string): string {
  const soap = backChannel
    ? `<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="${backChannel}/mellon/logout"/>`
    : "";
  const certificate = readFileSync(join(folder, "sp.crt"), "utf8").replaceAll(/-----[^-]+-----|\s/g, "");
  const key = (use: string) =>
    `<KeyDescriptor use="${use}"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
  return `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${origin}/mellon/metadata">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="true" WantAssertionsSigned="true">
    ${key("signing")}
    ${key("encryption")}
    ${soap}
    <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${origin}/mellon/logout"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${origin}/mellon/postResponse"/>
  </SPSSODescriptor>
</EntityDescriptor>
`;
}

function configuration(folder: string, host: string, port: number): string {
  const origin = `https://${host}:${port}`;
  const modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", "env", "include", "mime", "ssl", "auth_mellon"];
  const attributes = Object.entries(SHOWN).map(([short, name]) => `  MellonSetEnv "${short}" "${name}"`);
  return `${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join("\n")}
ServerName ${origin}
Listen 127.0.0.1:${port} https
PidFile ${folder}/apache.pid
Mutex file:${folder} default
ErrorLog ${folder}/error.log
LogLevel warn auth_mellon:info
StartServers 1
TypesConfig /etc/mime.types
DocumentRoot ${folder}/site
DirectoryIndex index.shtml
AddType text/html;charset=utf-8 .shtml
AddOutputFilter INCLUDES .shtml
SSLEngine on
SSLCertificateFile ${folder}/tls.crt
SSLCertificateKeyFile ${folder}/tls.key
SSLProtocol -all +TLSv1.2 +TLSv1.3
MellonLockFile ${folder}/mellon.lock
<Directory ${folder}/site>
  Options +Includes
  AllowOverride None
  Require all granted
</Directory>
<Location />
  MellonEnable info
  MellonEndpointPath /mellon
  MellonSPMetadataFile ${folder}/sp.xml
  MellonSPPrivateKeyFile ${folder}/sp.key
  MellonSPCertFile ${folder}/sp.crt
  MellonIdPMetadataFile ${folder}/idp.xml
  MellonSignatureMethod rsa-sha256
  MellonAuthnContextClassRef ${LEVEL}/Substantial
  MellonAuthnContextComparisonType minimum
  MellonNoSuccessErrorPage ${origin}/afvist.shtml
  MellonSecureCookie On
  MellonCookieSameSite None
  # A session ends only for who asks by the domain it began at, which the back channel's name is not.
  MellonCookieDomain ${host}
  MellonSessionDump On
${attributes.join("\n")}
</Location>
<Location /beskyttet>
  AuthType Mellon
  MellonEnable auth
  Require valid-user
</Location>
# Whoever begins a login asks as the place says at which it begins.
<Location /hoej>
  AuthType Mellon
  MellonEnable auth
  MellonEndpointPath /hoej/mellon
  MellonAuthnContextClassRef ${LEVEL}/High
  Require valid-user
</Location>
`;
}

function page(name: string): string {
  const row = (name: string, variable: string) =>
    `<div><dt>${name}</dt><dd><!--#echo encoding="entity" var="${variable}" --></dd></div>`;
  const rows = [...Object.keys(SHOWN).map((name) => row(name, `MELLON_${name}`)), row("nameId", "MELLON_NAME_ID"), row("session", "MELLON_SESSION")];
  return document(name, `<dl>${rows.join("\n")}</dl>`);
}

function document(title: string, inside: string): string {
  return `<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>dd { overflow-wrap: anywhere; }</style><link rel="icon" href="data:,"></head>
<body><main><h1>${title}</h1>${inside}</main></body>
</html>
`;
}
