// The published plans of the OpenID Foundation's conformance suite, module by module under their own names: config, basic,
// form post, RP-initiated and back-channel logout. Not the suite itself, which nobody here runs: its list, and
// openid-client as the judge. Two things are ours and said in `docs/connecting.md`: PKCE is demanded of everybody, so every
// request has it, and what we do not offer must not be announced either.
import { decodeProtectedHeader } from "jose";
import * as oidc from "openid-client";
import { Application, type Kind } from "../lib/application";
import { Provider } from "../lib/provider";
import { afterDayOne, expect } from "../lib/test";
import { expectTrailHolds } from "../lib/trail";
import { signInHere } from "../lib/walk";

type Module = (op: Provider, stranger: Provider) => Promise<void>;

const KIND: Kind = { proves: "client_secret_basic", signs: "RS256" };
const BROKEN = "/log-ind/fejl";
const INVALID_GRANT = { error: "invalid_grant" };

/** What it says of her to whoever shows the token in this way. */
async function told(op: Provider, request: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(op.metadata.userinfo_endpoint ?? "", request);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

/** A request with these parameters is granted. */
const granted =
  (parameters: Record<string, string>): Module =>
  async (op) => {
    const tokens = await op.tokens(parameters);
    expect(tokens.claims()?.iss).toBe(op.metadata.issuer);
  };

const CONFIG: Record<string, Module> = {
  "oidcc-discovery-endpoint-verification": async (op) => {
    const is = op.metadata;
    expect(is.response_types_supported).toEqual(["code"]);
    expect(is.response_modes_supported).toEqual(["query", "form_post"]);
    expect(is.grant_types_supported).toEqual(["authorization_code", "refresh_token"]);
    expect(is.subject_types_supported).toEqual(["pairwise"]);
    expect(is.id_token_signing_alg_values_supported).toContain("RS256");
    expect(is.scopes_supported).toContain("openid");
    expect(is.claims_parameter_supported).toBe(true);
    for (const address of [is.authorization_endpoint, is.token_endpoint, is.userinfo_endpoint, is.jwks_uri]) {
      expect(address?.startsWith(`${is.issuer}/`), address).toBe(true);
    }
    const keys = (await (await fetch(is.jwks_uri ?? "")).json()) as { keys: Record<string, unknown>[] };
    for (const key of keys.keys) {
      expect(key).toMatchObject({ use: "sig", kid: expect.any(String) });
      expect(Object.keys(key).filter((member) => ["d", "p", "q", "dp", "dq", "qi", "k"].includes(member))).toEqual([]);
    }
  },
};

const BASIC: Record<string, Module> = {
  "oidcc-server": granted({}),
  "oidcc-response-type-missing": async (op) => {
    expect((await op.ask({ response_type: undefined })).fields.error).toBe("invalid_request");
  },
  "oidcc-idtoken-signature": async (op) => {
    const { id_token: token = "" } = await op.tokens();
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", kid: expect.any(String) });
  },
  "oidcc-idtoken-unsigned": async (op) => {
    expect(op.metadata.id_token_signing_alg_values_supported).not.toContain("none");
  },
  "oidcc-userinfo-get": async (op) => {
    const tokens = await op.tokens();
    const subject = tokens.claims()?.sub ?? "";
    expect((await oidc.fetchUserInfo(op.app.config, tokens.access_token, subject)).sub).toBe(subject);
  },
  "oidcc-userinfo-post-header": async (op) => {
    const tokens = await op.tokens();
    const said = await told(op, { method: "POST", headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(said.sub).toBe(tokens.claims()?.sub);
  },
  "oidcc-userinfo-post-body": async (op) => {
    const tokens = await op.tokens();
    const said = await told(op, { method: "POST", body: new URLSearchParams({ access_token: tokens.access_token }) });
    expect(said.sub).toBe(tokens.claims()?.sub);
  },
  "oidcc-ensure-request-without-nonce-succeeds-for-code-flow": async (op) => {
    const answer = await op.ask({ nonce: undefined });
    expect((await op.redeem(answer)).claims()).not.toHaveProperty("nonce");
  },
  "oidcc-scope-profile": async (op) => {
    const tokens = await op.tokens({ scope: "openid profile" });
    const said = await oidc.fetchUserInfo(op.app.config, tokens.access_token, tokens.claims()?.sub ?? "");
    expect(said.name).toBeTruthy();
  },
  // Released to no application that was not registered for it: a scope asks, and does not get by itself.
  "oidcc-scope-email": granted({ scope: "openid email" }),
  "oidcc-scope-address": granted({ scope: "openid address" }),
  "oidcc-scope-phone": granted({ scope: "openid phone" }),
  "oidcc-scope-all": granted({ scope: "openid profile email address phone" }),
  "oidcc-alternate-happy-flow": granted({ scope: "email profile openid" }),
  "oidcc-display-page": granted({ display: "page" }),
  "oidcc-display-popup": granted({ display: "popup" }),
  "oidcc-prompt-login": async (op) => {
    expect((await op.ask({ prompt: "login" })).page).toMatch(/^\/log-ind\/[0-9a-f-]{36}$/);
  },
  "oidcc-prompt-none-not-logged-in": async (_, stranger) => {
    expect((await stranger.ask({ prompt: "none" })).fields).toMatchObject({ error: "login_required" });
  },
  "oidcc-prompt-none-logged-in": async (op) => {
    const [first, again] = [(await op.tokens()).claims(), (await op.tokens({ prompt: "none" })).claims()];
    expect(again).toMatchObject({ sub: first?.sub, auth_time: first?.auth_time });
  },
  "oidcc-max-age-1": async (op) => {
    const since = Number((await op.tokens()).claims()?.auth_time);
    await expect.poll(() => Date.now() / 1000 - since, { message: "her sign-in is older" }).toBeGreaterThan(2);
    expect((await op.ask({ max_age: "1" })).page).toMatch(/^\/log-ind\//);
  },
  "oidcc-max-age-10000": async (op) => {
    const first = (await op.tokens()).claims();
    const answer = await op.ask({ max_age: "10000" });
    expect((await op.redeem(answer, 10_000)).claims()?.auth_time).toBe(first?.auth_time);
  },
  "oidcc-ensure-request-with-unknown-parameter-succeeds": granted({ extra: "foobar" }),
  "oidcc-id-token-hint": async (op) => {
    const { id_token: hint } = await op.tokens();
    await op.tokens({ prompt: "none", id_token_hint: hint ?? "" });
  },
  "oidcc-login-hint": granted({ login_hint: "buffy@example.test" }),
  "oidcc-ui-locales": granted({ ui_locales: "se" }),
  "oidcc-claims-locales": granted({ claims_locales: "se" }),
  "oidcc-ensure-request-with-acr-values-succeeds": granted({ acr_values: "1 2" }),
  "oidcc-codereuse": async (op) => {
    const answer = await op.ask();
    const tokens = await op.redeem(answer);
    await expect(op.redeem(answer)).rejects.toMatchObject(INVALID_GRANT);
    const subject = tokens.claims()?.sub ?? "";
    await expect(oidc.fetchUserInfo(op.app.config, tokens.access_token, subject), "what came of it is dead too").rejects.toThrow();
  },
  // Half a minute passes in the use cases' tests, where a clock can be set; here the age of a code is no matter.
  "oidcc-codereuse-30seconds": async (op) => {
    const answer = await op.ask();
    await op.redeem(answer);
    await expect(op.redeem(answer)).rejects.toMatchObject(INVALID_GRANT);
    await expect(op.redeem(answer)).rejects.toMatchObject(INVALID_GRANT);
  },
  "oidcc-ensure-registered-redirect-uri": async (op) => {
    expect((await op.ask({ redirect_uri: `${op.back}/other` })).page).toBe(BROKEN);
  },
  "oidcc-ensure-post-request-succeeds": async (op) => {
    await op.redeem(await op.ask({}, "POST"));
  },
  "oidcc-server-client-secret-post": async (op) => {
    expect(op.metadata.token_endpoint_auth_methods_supported).not.toContain("client_secret_post");
  },
  "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported": async (op) => {
    expect(op.metadata.request_uri_parameter_supported).toBe(false);
    expect((await op.ask({ request_uri: `${op.app.url}/request.jwt` })).page).toBe(BROKEN);
  },
  "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported": async (op) => {
    expect(op.metadata.request_parameter_supported).toBe(false);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from("{}").toString("base64url")}.`;
    expect((await op.ask({ request: unsigned })).fields.error).toBe("request_not_supported");
  },
  "oidcc-ensure-request-object-with-redirect-uri": async (op) => {
    const inside = Buffer.from(JSON.stringify({ redirect_uri: "https://evil.example" })).toString("base64url");
    const answer = await op.ask({ request: `${Buffer.from('{"alg":"none"}').toString("base64url")}.${inside}.` });
    expect(answer.fields.error, "nothing in it is looked at").toBe("request_not_supported");
  },
  "oidcc-claims-essential": async (op) => {
    const tokens = await op.tokens({ claims: JSON.stringify({ userinfo: { name: { essential: true } } }) });
    const said = await oidc.fetchUserInfo(op.app.config, tokens.access_token, tokens.claims()?.sub ?? "");
    expect(said.name).toBeTruthy();
  },
  "oidcc-refresh-token": async (op) => {
    const tokens = await op.tokens();
    const renewed = await oidc.refreshTokenGrant(op.app.config, tokens.refresh_token ?? "");
    expect(renewed.claims()).toMatchObject({ sub: tokens.claims()?.sub, auth_time: tokens.claims()?.auth_time });
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  },
  "oidcc-ensure-request-with-valid-pkce-succeeds": async (op) => {
    await op.tokens();
    const without = await op.ask({ code_challenge: undefined, code_challenge_method: undefined });
    expect(without.fields.error, "and one without is refused").toBe("invalid_request");
  },
};

/** Logouts that are not carried out, or not without her word. Each leaves her signed in. */
const NO_LOGOUT: Record<string, Module> = {
  "oidcc-rp-initiated-logout-discovery-endpoint-verification": async (op) => {
    expect(op.metadata.end_session_endpoint).toBe(`${op.metadata.issuer}/oidc/logout`);
  },
  "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    expect(await op.leave({ id_token_hint: hint, post_logout_redirect_uri: `${op.app.url}/elsewhere`, state: "s" })).toBe(BROKEN);
  },
  "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    expect(await op.leave({ id_token_hint: hint, post_logout_redirect_uri: `${op.app.url}/out?foo=bar`, state: "s" })).toBe(BROKEN);
  },
  "oidcc-rp-initiated-logout-modified-id-token-hint": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    const [head, , signature] = hint.split(".");
    const other = Buffer.from(JSON.stringify({ sub: "somebody else" })).toString("base64url");
    const spoilt = [head, other, signature].join(".");
    expect(await op.leave({ id_token_hint: spoilt, post_logout_redirect_uri: `${op.app.url}/out`, state: "s" })).toBe(BROKEN);
  },
  "oidcc-rp-initiated-logout-bad-id-token-hint": async (op) => {
    expect(await op.leave({ id_token_hint: "1234", post_logout_redirect_uri: `${op.app.url}/out`, state: "s" })).toBe(BROKEN);
  },
  "oidcc-rp-initiated-logout-no-id-token-hint": async (op) => {
    expect(await op.leave({ post_logout_redirect_uri: `${op.app.url}/out`, state: "s" }), "she is asked").toBe("/log-af");
  },
  "oidcc-rp-initiated-logout-no-params": async (op) => {
    expect(await op.leave({})).toBe("/log-af");
  },
  "oidcc-rp-initiated-logout-only-state": async (op) => {
    expect(await op.leave({ state: "s" })).toBe("/log-af");
  },
  "oidcc-backchannel-logout-discovery-endpoint-verification": async (op) => {
    expect(op.metadata).toMatchObject({ backchannel_logout_supported: true, backchannel_logout_session_supported: true });
  },
};

/** Logouts that end her session: after each she signs in again. */
const LOGOUT: Record<string, Module> = {
  "oidcc-rp-initiated-logout": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    const out = { id_token_hint: hint, post_logout_redirect_uri: `${op.app.url}/out`, state: "s & t" };
    expect(new URL(await op.leave(out)).searchParams.get("state")).toBe("s & t");
    expect((await op.ask({ prompt: "none" })).fields.error).toBe("login_required");
  },
  "oidcc-rp-initiated-logout-no-state": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    const out = await op.leave({ id_token_hint: hint, post_logout_redirect_uri: `${op.app.url}/out` });
    expect(out).toBe(`${op.app.url}/out`);
    expect((await op.ask({ prompt: "none" })).fields.error).toBe("login_required");
  },
  "oidcc-rp-initiated-logout-no-post-logout-redirect-uri": async (op) => {
    const { id_token: hint = "" } = await op.tokens();
    expect(await op.leave({ id_token_hint: hint })).toBe("/logget-ud");
    expect((await op.ask({ prompt: "none" })).fields.error).toBe("login_required");
  },
  "oidcc-backchannel-rp-initiated-logout": async (op) => {
    const tokens = await op.tokens();
    await op.leave({ id_token_hint: tokens.id_token ?? "", post_logout_redirect_uri: `${op.app.url}/out`, state: "s" });
    const sid = tokens.claims()?.sid;
    await expect.poll(() => op.app.told.map((it) => it.sid), { message: "told by the back channel" }).toContain(sid);
    expect((await op.ask({ prompt: "none" })).fields.error).toBe("login_required");
  },
};

afterDayOne("the plans for configuration, code flow by query and by form, and logout hold", async ({ page, elsewhere, portal, credentials }) => {
  afterDayOne.setTimeout(300_000);
  const app = await Application.start(portal, KIND);
  const nobody = (await elsewhere()).request;
  try {
    await signInHere(page, credentials);
    for (const [plan, modules, op] of [
      ["config", CONFIG, new Provider(app, page.request)],
      ["basic", BASIC, new Provider(app, page.request)],
      ["form post", BASIC, new Provider(app, page.request, "form_post")],
      ["logout", NO_LOGOUT, new Provider(app, page.request)],
    ] as const) {
      for (const [name, module] of Object.entries(modules)) {
        await afterDayOne.step(`${plan}: ${name}`, () => module(op, op.in(nobody)));
      }
    }
    const op = new Provider(app, page.request);
    for (const [at, [name, module]] of Object.entries(LOGOUT).entries()) {
      if (at > 0) await signInHere(page, credentials);
      await afterDayOne.step(`logout: ${name}`, () => module(op, op.in(nobody)));
    }
    await expectTrailHolds(portal);
  } finally {
    await app.stop();
  }
});
