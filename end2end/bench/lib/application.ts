// An application that is measured: asks for codes and exchanges them, thousands of times. Nobody reads the tokens here but the first.
import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import type { Portal } from "../../lib/server";
import type { Visitor } from "./visitor";

const BACK = "http://localhost:9/back";
const NAME = "maaling";
/** One for all: what it costs to compare is the same. */
const VERIFIER = randomBytes(32).toString("base64url");
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

export class ExchangingApplication {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly portal: Portal,
    private readonly secret: string,
  ) {}

  /** Tells the portal about it: a secret in the header, id tokens signed with ES256. */
  static async known(portal: Portal): Promise<ExchangingApplication> {
    const file = join(portal.folder, `${NAME}.json`);
    const registration = {
      client_id: NAME,
      client_name: "Måling",
      redirect_uris: [BACK],
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: "ES256",
      grant_types: ["authorization_code"],
    };
    writeFileSync(file, JSON.stringify(registration));
    const said = await portal.command("service", "add-oidc", file, "--reason", "an application to measure with");
    const secret = /shown this once: ([0-9a-f]{64})/.exec(said)?.[1];
    if (secret === undefined) throw new Error(`no secret in: ${said}`);
    return new ExchangingApplication(portal, secret);
  }

  /** A code, by the session somebody has. */
  async code(visitor: Visitor): Promise<string> {
    const query = new URLSearchParams({
      client_id: NAME,
      response_type: "code",
      redirect_uri: BACK,
      scope: "openid",
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
      state: "maaling",
      nonce: randomBytes(16).toString("hex"),
    });
    const to = await visitor.led(`${this.portal.url}/oidc/authorize?${query}`);
    const code = new URL(to, this.portal.url).searchParams.get("code");
    if (code === null) throw new Error(`no code at ${to}`);
    return code;
  }

  /** Exchanges a code; gives the id token. */
  async exchange(code: string): Promise<string> {
    const body = new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: BACK, code_verifier: VERIFIER }).toString();
    const headers = {
      authorization: `Basic ${Buffer.from(`${NAME}:${this.secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    };
    const answer = await new Promise<string>((resolve, reject) => {
      const question = request(`${this.portal.url}/oidc/token`, { method: "POST", headers, agent: this.agent }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`the token endpoint answered ${response.statusCode}: ${text}`));
        });
        response.on("error", reject);
      });
      question.on("error", reject);
      question.end(body);
    });
    return (JSON.parse(answer) as { id_token: string }).id_token;
  }

  /** Lets go of its connections. */
  leave(): void {
    this.agent.destroy();
  }
}
