// An application nobody here wrote the protocol of: npm's openid-client on a port of its own. It checks what a careful
// application checks: discovery, `iss`, `state`, nonce, PKCE, the signature of the id token, the level.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRemoteJWKSet, exportJWK, generateKeyPair, type JWTPayload, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { freePort } from "./process";
import type { Portal } from "./server";

export const LEVEL = "https://data.gov.dk/concept/core/nsis/loa";

/** How an application is registered. */
export interface Kind {
  proves: "client_secret_basic" | "private_key_jwt" | "none";
  signs: "RS256" | "PS256" | "ES256";
  /** Its requests come by the back channel. */
  pushes?: boolean;
  /** Its answers come in a form. */
  formPost?: boolean;
  /** It is told of logouts in a frame, and by no back channel. */
  framed?: boolean;
}

type Waiting = Record<string, { verifier: string; nonce: string; maxAge?: number }>;

/** A running application, known to the portal. */
export class Application {
  /** The tokens of whoever logged in last. */
  tokens?: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;
  /** What it was told by its back channel, each verified. */
  readonly told: JWTPayload[] = [];
  /** What it was told in frames: `iss` and `sid`. */
  readonly framed: Record<string, string>[] = [];
  /** What the portal says about her to whoever shows the access token. */
  user?: oidc.UserInfoResponse;
  private readonly waiting: Waiting = {};

  private constructor(
    readonly url: string,
    readonly config: oidc.Configuration,
    private readonly kind: Kind,
    private readonly server: Server,
  ) {
    server.on("request", (request, response) => {
      this.serve(request, response).catch((error) => show(response, 500, "Fejl", String(error)));
    });
  }

  /** Registers it with the portal and starts it. */
  static async start(portal: Portal, kind: Kind): Promise<Application> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const name = `app-${port}`;
    const keys = kind.proves === "private_key_jwt" ? await generateKeyPair("ES256") : undefined;
    const registration = {
      client_id: name,
      client_name: "Fagsystemet",
      redirect_uris: [`${url}/back`],
      post_logout_redirect_uris: [`${url}/out`],
      ...(kind.framed
        ? { frontchannel_logout_uri: `${url}/fc`, frontchannel_logout_session_required: true }
        : { backchannel_logout_uri: `${url}/bc` }),
      token_endpoint_auth_method: kind.proves,
      ...(keys && { jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k1" }] } }),
      id_token_signed_response_alg: kind.signs,
      grant_types: ["authorization_code", "refresh_token"],
      require_pushed_authorization_requests: kind.pushes ?? false,
      claims: ["name", "cvr", "org_name"],
    };
    const file = join(portal.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(registration));
    const said = await portal.command("service", "add-oidc", file, "--reason", "an application for the tests");
    const secret = /shown this once: ([0-9a-f]{64})/.exec(said)?.[1] ?? "";
    const config = await oidc.discovery(
      new URL(portal.url),
      name,
      { id_token_signed_response_alg: kind.signs },
      authentication(kind, secret, keys?.privateKey),
      // The demonstration speaks plain http on this machine.
      { execute: [oidc.allowInsecureRequests] },
    );
    oidc.enableNonRepudiationChecks(config);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
    return new Application(url, config, kind, server);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.closeAllConnections();
      this.server.close(() => resolve());
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const body = request.method === "POST" ? await read(request) : "";
    switch (url.pathname) {
      case "/login":
        return go(response, await this.ask(Object.fromEntries(url.searchParams)));
      case "/back":
        return this.back(url, body, response);
      case "/logout":
        return go(response, this.leave());
      case "/out":
        return show(response, 200, "Logget ud af fagsystemet", url.searchParams.get("state") ?? "");
      case "/fc":
        this.framed.push(Object.fromEntries(url.searchParams));
        return show(response, 200, "Farvel", "");
      case "/bc":
        return this.hear(body, response);
      default:
        return url.pathname === "/" ? this.front(response) : void response.writeHead(204).end();
    }
  }

  private async ask(more: Record<string, string>): Promise<URL> {
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    this.waiting[state] = { verifier, nonce, maxAge: more.max_age === undefined ? undefined : Number(more.max_age) };
    const parameters = {
      redirect_uri: `${this.url}/back`,
      scope: "openid profile email organisation",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      ...(this.kind.formPost && { response_mode: "form_post" }),
      ...more,
    };
    return this.kind.pushes
      ? oidc.buildAuthorizationUrlWithPAR(this.config, parameters)
      : oidc.buildAuthorizationUrl(this.config, parameters);
  }

  private async back(url: URL, body: string, response: ServerResponse): Promise<void> {
    const answer = this.kind.formPost
      ? new Request(url, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } })
      : url;
    const state = new URLSearchParams(this.kind.formPost ? body : url.search).get("state") ?? "";
    const { verifier, nonce, maxAge } = this.waiting[state] ?? { verifier: "", nonce: "" };
    delete this.waiting[state];
    try {
      this.tokens = await oidc.authorizationCodeGrant(this.config, answer, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        maxAge,
        idTokenExpected: true,
      });
      const subject = this.tokens.claims()?.sub ?? "";
      this.user = await oidc.fetchUserInfo(this.config, this.tokens.access_token, subject);
      return go(response, new URL(this.url));
    } catch (error) {
      const told = error instanceof oidc.AuthorizationResponseError ? error.error : String(error);
      return show(response, 200, "Ikke logget ind i fagsystemet", told);
    }
  }

  /** An application looks at the level itself, whatever it asked for. */
  private front(response: ServerResponse): void {
    const claims = this.tokens?.claims();
    if (!claims) return show(response, 200, "Fagsystemet", "ingen");
    show(response, 200, "Logget ind i fagsystemet", String(claims.acr));
  }

  private leave(): URL {
    return oidc.buildEndSessionUrl(this.config, {
      id_token_hint: this.tokens?.id_token ?? "",
      post_logout_redirect_uri: `${this.url}/out`,
      state: "farvel",
    });
  }

  /** A logout token as the specification has it verified (Back-Channel Logout 2.6). */
  private async hear(body: string, response: ServerResponse): Promise<void> {
    const { jwks_uri: keys = "", issuer } = this.config.serverMetadata();
    const token = new URLSearchParams(body).get("logout_token") ?? "";
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
      issuer,
      audience: this.config.clientMetadata().client_id,
      typ: "logout+jwt",
      requiredClaims: ["iat", "jti", "events"],
    });
    if (protectedHeader.alg !== this.kind.signs || "nonce" in payload) throw new Error("no logout token");
    this.told.push(payload);
    response.writeHead(204).end();
  }
}

function authentication(kind: Kind, secret: string, key?: CryptoKey): oidc.ClientAuth {
  switch (kind.proves) {
    case "client_secret_basic":
      return oidc.ClientSecretBasic(secret);
    case "private_key_jwt":
      if (!key) throw new Error("no key");
      return oidc.PrivateKeyJwt({ key, kid: "k1" });
    default:
      return oidc.None();
  }
}

/** The body of a request, as text. */
export async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** Sends the browser on. */
export function go(response: ServerResponse, to: URL): void {
  response.writeHead(303, { location: to.href }).end();
}

function show(response: ServerResponse, status: number, title: string, text: string): void {
  const escaped = text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!DOCTYPE html><html lang="da"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p id="said">${escaped}</p>`);
}
