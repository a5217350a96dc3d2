// A provider as an application and its browser meet it, request by request: no page is drawn, so a plan of forty modules
// takes seconds. Requests and checks are openid-client's; the browser is whoever's cookies these are.
import { type APIRequestContext, expect } from "@playwright/test";
import * as oidc from "openid-client";
import type { Application } from "./application";

/** How answers come. */
export type Mode = "query" | "form_post";

/** What a browser that asked was answered: fields for the application, or a page of ours. */
export interface Answer {
  fields: Record<string, string>;
  /** Where the browser is sent instead. */
  page: string;
  nonce?: string;
  verifier: string;
}

/** Parameters of a request; an undefined one is left out. */
export type Changes = Record<string, string | undefined>;

export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

export class Provider {
  constructor(
    readonly app: Application,
    private readonly browser: APIRequestContext,
    readonly mode: Mode = "query",
  ) {}

  get metadata(): Readonly<oidc.ServerMetadata> {
    return this.app.config.serverMetadata();
  }

  /** Where this application's answers go. */
  get back(): string {
    return `${this.app.url}/back`;
  }

  /** The same, in another browser. */
  in(browser: APIRequestContext): Provider {
    return new Provider(this.app, browser, this.mode);
  }

  /** Sends the browser with a request. */
  async ask(changes: Changes = {}, by: "GET" | "POST" = "GET"): Promise<Answer> {
    const verifier = oidc.randomPKCECodeVerifier();
    const usual: Changes = {
      redirect_uri: this.back,
      scope: "openid",
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...(this.mode === "form_post" && { response_mode: "form_post" }),
    };
    const url = oidc.buildAuthorizationUrl(this.app.config, {});
    for (const [name, value] of Object.entries({ ...usual, ...changes })) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    const asked = { nonce: url.searchParams.get("nonce") ?? undefined, verifier };
    return { ...(await this.answer(url, by)), ...asked };
  }

  /** Exchanges the code of an answer; openid-client verifies state, nonce, `iss`, signature, issuer and audience. */
  redeem(answer: Answer, maxAge?: number): Promise<Tokens> {
    const fields = new URLSearchParams(answer.fields);
    const form = { method: "POST", body: fields.toString(), headers: { "content-type": "application/x-www-form-urlencoded" } };
    const came = this.mode === "form_post" ? new Request(this.back, form) : new URL(`${this.back}?${fields}`);
    return oidc.authorizationCodeGrant(this.app.config, came, {
      pkceCodeVerifier: answer.verifier,
      expectedState: answer.fields.state,
      expectedNonce: answer.nonce,
      maxAge,
      idTokenExpected: true,
    });
  }

  /** Asks, and exchanges the code that must have come. */
  async tokens(changes: Changes = {}): Promise<Tokens> {
    const answer = await this.ask(changes);
    expect(answer.fields.code, JSON.stringify(answer)).toBeTruthy();
    return this.redeem(answer);
  }

  /** Sends the browser to log out; gives where it is sent. */
  async leave(parameters: Record<string, string>): Promise<string> {
    const url = new URL(this.metadata.end_session_endpoint ?? "");
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const response = await this.browser.get(url.href, { maxRedirects: 0 });
    return response.headers().location ?? `answered ${response.status()}`;
  }

  private async answer(url: URL, by: "GET" | "POST"): Promise<Pick<Answer, "fields" | "page">> {
    const form = Object.fromEntries(url.searchParams);
    const sent = by === "POST" ? await this.browser.post(url.origin + url.pathname, { form, maxRedirects: 0 }) : undefined;
    // A form is asked again as a look, which brings the cookies.
    const look = sent ? new URL(sent.headers().location ?? "", url).href : url.href;
    const response = await this.browser.get(look, { maxRedirects: 0 });
    const location = response.headers().location;
    if (location?.startsWith(`${this.back}?`)) return { fields: Object.fromEntries(new URL(location).searchParams), page: "" };
    if (location) return { fields: {}, page: location };
    return { fields: formFor(this.back, await response.text()), page: "" };
  }
}

/** The fields of the form that a page holds for this address. */
function formFor(address: string, html: string): Record<string, string> {
  const attribute = (tag: string, name: string) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
  const forms = Array.from(html.matchAll(/(<form[^>]*>)([\s\S]*?)<\/form>/g));
  const [, , inside = ""] = forms.find(([, tag = ""]) => attribute(tag, "action") === address) ?? [];
  const inputs = Array.from(inside.matchAll(/<input[^>]*>/g), ([tag]) => [attribute(tag, "name"), attribute(tag, "value")]);
  return Object.fromEntries(inputs);
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { "&amp;": "&", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&#x27;": "'", "&#39;": "'" };
  return text.replaceAll(/&(?:amp|quot|lt|gt|#x27|#39);/g, (sign) => signs[sign] ?? sign);
}
