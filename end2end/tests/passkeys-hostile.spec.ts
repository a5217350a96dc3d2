// Answers of keys that are not what they should be: changed, copied, sent twice, kept for later, made for another site. And
// the dialog that is closed, which is nothing of that kind.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { change } from "../lib/database";
import { post } from "../lib/doors";
import { ASKS, enrolWithKey, openDialog, said, showKey, signInWithKey, walkToChoice, walkToKey } from "../lib/keys";
import { maja } from "../lib/people";
import { expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent } from "../lib/trail";
import { expectPage } from "../lib/walk";

const NEW = "**/handling/noegle-gem";
const SHOWN = "**/handling/noegle";
const TOO_LATE = "Der gik for lang tid, eller siden blev åbnet i en anden browser.";

type Fields = Record<string, string>;

/** The fields of a form as a browser sends them. */
const fieldsOf = (body: string | null): Fields => Object.fromEntries(new URLSearchParams(body ?? ""));

/** Changes what a key answers, on its way here; once. */
async function onTheWay(page: Page, at: string, tamper: (fields: Fields) => Fields): Promise<void> {
  const body = (sent: string | null) => new URLSearchParams(tamper(fieldsOf(sent))).toString();
  await page.route(at, (route) => route.continue({ postData: body(route.request().postData()) }), { times: 1 });
}

/** Lets a key answer at a sign-in, and keeps the answer: it does not arrive. She stands where it was asked for. */
async function keptAnswer(page: Page, key: Authenticator): Promise<Fields> {
  const asks = page.url();
  const sent = page.waitForRequest(SHOWN);
  await page.route(SHOWN, (route) => route.fulfill({ body: "kept", contentType: "text/plain" }), { times: 1 });
  await key.touched(true);
  await showKey(page);
  await expect(page.getByText("kept")).toBeVisible();
  await page.goto(asks);
  const fields = fieldsOf((await sent).postData());
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(["flow", "ceremony", "answer"]));
  return fields;
}

test("a copied passkey blocks her login", async ({ page, portal, mailbox, elsewhere }) => {
  test.slow();
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  const [key] = await phone.credentials();
  if (!key) throw new Error("it holds no key");
  await signInWithKey(page, phone);
  await expectPage(page, /^Hej /);

  const thief = await elsewhere();
  const copy = await Authenticator.give(thief, "phone");
  await copy.take({ ...key, signCount: 0 });
  await signInWithKey(thief, copy);
  await expectPage(thief, "Din konto er spærret");
  await phone.touched(false);
  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await expectEvent(portal, "factor.mistrusted", "counter");
  await mailbox.newest(maja.workMail, /spærret|kopi/i);
});

test("a new key whose answer was changed or sent twice is not added", async ({ page, portal, mailbox }) => {
  test.slow();
  const main = page.getByRole("main");
  await Authenticator.give(page, "phone");
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  const part = (fields: Fields, name: string, tamper: (bytes: Buffer) => Buffer): Fields => {
    const answer = JSON.parse(fields.answer ?? "{}");
    answer.response[name] = tamper(Buffer.from(answer.response[name], "base64url")).toString("base64url");
    return { ...fields, answer: JSON.stringify(answer) };
  };
  const site = createHash("sha256").update(new URL(portal.url).hostname).digest();
  /** One byte of what the key signed or stated, counted from the hash of the site's name. */
  const flip = (bytes: Buffer, at: number, bits: number): Buffer => {
    const start = bytes.indexOf(site);
    expect(start, "it names the site").toBeGreaterThan(0);
    bytes.writeUInt8(bytes.readUInt8(start + at) ^ bits, start + at);
    return bytes;
  };
  const elsewhere = (bytes: Buffer) => Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), origin: "https://evil.test" }));
  const wrong: [string, (fields: Fields) => Fields, string][] = [
    ["the site in the browser's words", (it) => part(it, "clientDataJSON", elsewhere), "origin"],
    ["the site in the key's", (it) => part(it, "attestationObject", (bytes) => flip(bytes, 0, 0x01)), "origin"],
    ["whether it knew her", (it) => part(it, "attestationObject", (bytes) => flip(bytes, 32, 0x04)), "not-verified"],
    ["its end", (it) => part(it, "attestationObject", (bytes) => bytes.subarray(0, -1)), "malformed"],
  ];
  for (const [what, tamper, why] of wrong) {
    await test.step(what, async () => {
      await onTheWay(page, NEW, tamper);
      await openDialog(page, "Tilføj adgangsnøgle");
      await expect(main.getByRole("alert")).toContainText("Nøglen blev ikke tilføjet");
      await expectPage(page, "Tilføj adgangsnøgle");
      await expectEvent(portal, "factor.refused", `"why":"${why}"`);
      await page.reload();
      await expect(main.getByRole("alert")).toHaveCount(0);
    });
  }
  await expectEvents(portal, "factor.refused", wrong.length);
  await expectNoEvent(portal, "factor.added");

  const sent = page.waitForRequest(NEW);
  await openDialog(page, "Tilføj adgangsnøgle");
  const fields = fieldsOf((await sent).postData());
  await expectPage(page, "Tjek og gør færdig");
  expect((await post(page, portal, "/handling/noegle-gem", fields)).headers().location).toBe("/kom-i-gang");
  await expectEvents(portal, "factor.added", 1);
});

test("what a key answered at a sign-in counts once", async ({ page, portal, mailbox, elsewhere }) => {
  test.slow();
  const key = await Authenticator.give(page, "key");
  await enrolWithKey(page, mailbox, "Tilføj sikkerhedsnøgle");
  await walkToKey(page, key);
  const sent = page.waitForRequest(SHOWN);
  await key.touched(true);
  await showKey(page);
  const fields = fieldsOf((await sent).postData());
  await expectPage(page, /^Hej /);
  await expectEvents(portal, "sign-in.done", 1);

  await page.getByRole("banner").getByRole("button", { name: "Log af" }).click();
  await expectPage(page, "Du er logget ud");
  const stranger = await elsewhere();
  await stranger.goto("/log-ind");
  for (const browser of [page, stranger]) {
    const again = await post(browser, portal, "/handling/noegle", fields);
    expect(again.status()).toBe(303);
    expect(again.headers().location).toBe("/log-ind");
    await browser.goto("/log-ind");
    await expect(browser.getByRole("main").getByRole("alert")).toContainText(TOO_LATE);
    await browser.goto("/overblik");
    await expectPage(browser, "Log ind");
  }
  await expectEvents(portal, "sign-in.done", 1);
});

test("an answer to an earlier question opens nothing", async ({ page, portal, mailbox }) => {
  test.slow();
  const key = await Authenticator.give(page, "key");
  await enrolWithKey(page, mailbox, "Tilføj sikkerhedsnøgle");
  await walkToKey(page, key);
  const old = await keptAnswer(page, key);

  await test.step("in the place of the answer to a new one", async () => {
    const sent = page.waitForRequest(SHOWN);
    await onTheWay(page, SHOWN, (fields) => ({ ...fields, answer: old.answer ?? "" }));
    await showKey(page);
    const fresh = fieldsOf((await sent).postData());
    expect(fresh.ceremony, "another question").not.toBe(old.ceremony);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Den nøgle kan vi ikke bruge til dit login.");
    await expectPage(page, ASKS);
    await expectEvent(portal, "sign-in.refused", '"why":"challenge"');
    expect((await post(page, portal, "/handling/noegle", fresh)).headers().location, "that question is spent").toBe("/log-ind");
  });

  await test.step("after a new one was asked", async () => {
    expect((await post(page, portal, "/handling/noegle", old)).headers().location).toBe("/log-ind");
  });

  await test.step("five minutes later", async () => {
    const late = await keptAnswer(page, key);
    await change(portal, `update flows set expires_at = 0 where id = x'${late.ceremony?.replaceAll("-", "")}'`);
    expect((await post(page, portal, "/handling/noegle", late)).headers().location).toBe("/log-ind");
    await expectNoEvent(portal, "sign-in.done");
  });

  await walkToKey(page, key);
  await key.touched(true);
  await showKey(page);
  await expectPage(page, /^Hej /);
});

test("a dialog she closes at the sign-in costs nothing, and every way goes on", async ({ page, portal, mailbox }) => {
  test.slow();
  const main = page.getByRole("main");
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  await walkToKey(page, phone);
  await phone.verifies(false);
  await phone.touched(true);
  for (let times = 0; times < 6; times += 1) {
    await showKey(page);
    await expect(said(page)).toContainText("Vinduet blev lukket, før du var færdig, eller der gik for lang tid. Der er ikke sket noget.");
    await expect(main.getByRole("alert"), "nothing is wrong").toHaveCount(0);
    await expect(main.getByRole("button", { name: "Start" })).toBeEnabled();
  }
  await expectNoEvent(portal, "sign-in.refused");
  await main.getByRole("link", { name: "Vælg en anden måde" }).click();
  await expectPage(page, "Vælg en anden måde");
  await expect(main).toContainText("At skifte måde koster ikke et forsøg.");
  await main.getByRole("link", { name: "Adgangsnøgle eller sikkerhedsnøgle" }).click();
  await phone.verifies(true);
  await showKey(page);
  await expectPage(page, /^Hej /);
});

/** Whichever model it is about: a rule makes the portal ask keys what their makers state. */
const A_RULE = '[[model]]\naaguid = "ee882879-721c-4913-9775-3dfcce97072a"\nrule = "beside"\n';

test.describe("where something was decided of a model", () => {
  test.use({ passkeys: A_RULE });

  test("a key whose maker's signature was changed is not added", async ({ page, portal, mailbox }) => {
    test.slow();
    await Authenticator.give(page, "phone");
    await walkToChoice(page, mailbox);
    await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
    await expectPage(page, "Tilføj adgangsnøgle");
    /** The last bit of `sig` in the statement (CBOR: a text of three, then bytes with a length of one byte). */
    const flip = (fields: Fields): Fields => {
      const answer = JSON.parse(fields.answer ?? "{}");
      const object = Buffer.from(answer.response.attestationObject, "base64url");
      expect(object.includes("packed"), "its maker states something").toBe(true);
      const name = object.indexOf("csig");
      expect(object.readUInt8(name + 4)).toBe(0x58);
      const last = name + 5 + object.readUInt8(name + 5);
      object.writeUInt8(object.readUInt8(last) ^ 1, last);
      answer.response.attestationObject = object.toString("base64url");
      return { ...fields, answer: JSON.stringify(answer) };
    };
    await onTheWay(page, NEW, flip);
    await openDialog(page, "Tilføj adgangsnøgle");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Nøglen blev ikke tilføjet");
    await expectEvent(portal, "factor.refused", '"why":"attestation"');
    await expectNoEvent(portal, "factor.added");

    await page.reload();
    await openDialog(page, "Tilføj adgangsnøgle");
    await expectPage(page, "Tjek og gør færdig");
    await expectEvents(portal, "factor.added", 1);
  });
});

test("what her key answers another programme of the same name opens nothing here", async ({ page, portal, mailbox, elsewhere }) => {
  test.slow();
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  const [held] = await phone.credentials();
  if (!held) throw new Error("it holds no key");

  // Whoever copies our login page asks here what to ask her there. Without the page's script, which asks a question of its own.
  const relay = await elsewhere();
  await relay.request.get(`${portal.url}/log-ind`);
  const ask = `${portal.url}/handling/noegle-spoerg`;
  const headers = { accept: "application/json", origin: portal.url };
  const asked = await (await relay.request.post(ask, { form: { flow: "" }, headers })).json();
  // A browser asks a key for the name of a host, at whatever port: this is another origin, of our name.
  const beside = new URL(portal.url);
  beside.port = beside.port === "4711" ? "4712" : "4711";
  const evil = beside.origin;
  await page.route(`${evil}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Log ind</title>" }));
  await page.goto(`${evil}/log-ind`);
  await phone.touched(true);
  const answer = await page.evaluate(async (options) => {
    const { publicKey } = JSON.parse(options);
    const binary = (text: string) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
    const text = (bytes: ArrayBuffer | null) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const { rpId, userVerification } = publicKey;
    const request = { rpId, userVerification, challenge: binary(publicKey.challenge), allowCredentials: [] };
    const got = (await navigator.credentials.get({ publicKey: request })) as PublicKeyCredential;
    const { clientDataJSON, authenticatorData, signature, userHandle } = got.response as AuthenticatorAssertionResponse;
    const response = {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: text(userHandle),
    };
    return JSON.stringify({ id: got.id, rawId: text(got.rawId), type: got.type, response, clientExtensionResults: {} });
  }, asked.options);
  const said = JSON.parse(Buffer.from(JSON.parse(answer).response.clientDataJSON, "base64url").toString());
  expect(said.origin, "her browser says where it was asked").toBe(evil);

  const sent = await post(relay, portal, "/handling/noegle", { flow: "", ceremony: asked.ceremony, answer });
  expect(sent.status()).toBe(303);
  await expectEvent(portal, "sign-in.refused", '"why":"origin"');
  await relay.goto("/overblik");
  await expectPage(relay, "Log ind");
  await expectNoEvent(portal, "sign-in.done");
});

test("a key is of no use at another site", async ({ page, portal, problems }) => {
  problems.allow(/^(?!csp:).*127\.0\.0\.1/);
  await Authenticator.give(page, "phone");
  const { port } = new URL(portal.url);
  await page.goto(`http://127.0.0.1:${port}/log-ind/noegle`);
  await openDialog(page, "Start");
  await expect(said(page)).toContainText("Denne browser kan ikke bruge adgangsnøgler her");
});
