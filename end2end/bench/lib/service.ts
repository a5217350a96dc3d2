// The asking half of a SAML service: signed requests by Redirect, thousands of them. Nobody reads the answers here.
import { createSign, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { run } from "../../lib/process";
import type { Portal } from "../../lib/server";

const ENTITY = "http://localhost:9/maaling";
const ALGORITHM = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

export class AskingService {
  private constructor(
    private readonly portal: Portal,
    private readonly key: string,
  ) {}

  /** Makes keys and tells the portal about the service: the default encryption, the level as context. */
  static async known(portal: Portal): Promise<AskingService> {
    const folder = mkdtempSync(join(tmpdir(), "nsis-id-service-"));
    const at = (name: string) => join(folder, name);
    await run("openssl", "req", "-newkey", "rsa:3072", "-noenc", "-sha256", "-subj", "/CN=bench", "-keyout", at("key"), "-x509", "-days", "2", "-out", at("crt"));
    writeFileSync(at("sp.xml"), metadata(readFileSync(at("crt"), "utf8").replaceAll(/-----[^-]+-----|\s/g, "")));
    await portal.command("service", "add", at("sp.xml"), "--name", "Måling", "--reason", "a service to measure with");
    const service = new AskingService(portal, readFileSync(at("key"), "utf8"));
    rmSync(folder, { recursive: true });
    return service;
  }

  /** Where to send a browser. */
  request(): string {
    const sso = `${this.portal.url}/saml/sso`;
    const message = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomBytes(16).toString("hex")}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${sso}"><saml:Issuer>${ENTITY}</saml:Issuer></samlp:AuthnRequest>`;
    const query = new URLSearchParams({ SAMLRequest: deflateRawSync(message).toString("base64"), SigAlg: ALGORITHM }).toString();
    const signature = createSign("RSA-SHA256").update(query).sign(this.key, "base64");
    return `${sso}?${query}&Signature=${encodeURIComponent(signature)}`;
  }
}

function metadata(certificate: string): string {
  const key = (use: string) =>
    `<KeyDescriptor use="${use}"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${ENTITY}"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="true" WantAssertionsSigned="true">${key("signing")}${key("encryption")}<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat><AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ENTITY}/acs"/></SPSSODescriptor></EntityDescriptor>`;
}
