// The demo's crowd (`demo --people`): each goes the whole way in, by forms alone.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import PostalMime from "postal-mime";
import type { Portal } from "../../lib/server";
import { totp } from "../../lib/totp";
import { Visitor } from "./visitor";

/** Everybody's. */
export const PASSWORD = "tre våde kajakker i oktober";

/** One of the crowd, able to log in. */
export interface Member {
  userName: string;
  secret: string;
  /** The code on her sheet that blocks. */
  blockingCode: string;
  /** How the simulator's picker begins her line. */
  inSimulator: RegExp;
}

/** Lets the first `number` of the crowd enrol, one after the other. */
export async function enrolCrowd(portal: Portal, number: number): Promise<Member[]> {
  const letters = await welcomeLetters(portal, number);
  const members: Member[] = [];
  for (let at = 0; at < number; at += 1) {
    members.push(await enrol(letters.get(`proeve${at}@privat.test`) ?? "", at));
  }
  return members;
}

/**
 * Password and code and nothing else, as two forms, from a browser of her own; gives it back signed in. The code is the
 * next one: the app's first was spent.
 */
export async function signIn(portal: Portal, member: Member): Promise<Visitor> {
  return (await timedSignIn(portal, member)).visitor;
}

/** The same, with the milliseconds of each form: the password's, which is hashed, and the code's. */
export async function timedSignIn(portal: Portal, member: Member): Promise<{ visitor: Visitor; password: number; code: number }> {
  const visitor = new Visitor(portal.url);
  const digits = totp(member.secret, 1);
  const begun = performance.now();
  const flow = await visitor.send("/handling/log-ind", { flow: "", user_name: member.userName, password: PASSWORD });
  const asked = /^\/log-ind\/([\w-]+)\/kode$/.exec(flow)?.[1];
  if (asked === undefined) throw new Error(`the password led to ${flow}`);
  const shown = performance.now();
  const inside = await visitor.send("/handling/kode", { flow: asked, code: digits });
  if (inside !== "/overblik") throw new Error(`the code led to ${inside}`);
  return { visitor, password: shown - begun, code: performance.now() - shown };
}

/** Waits until nothing more is being sent: what is left of the enrolments must not be counted with what comes after. */
export async function letterboxAtRest(portal: Portal): Promise<void> {
  let before = -1;
  for (let now = readdirSync(portal.mailDir).length; now !== before; now = readdirSync(portal.mailDir).length) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
}

async function enrol(link: string, at: number): Promise<Member> {
  const visitor = new Visitor();
  const inSimulator = new RegExp(`^Prøve Person ${at} `);
  await visitor.open(link);
  await visitor.press("Begynd");
  while (visitor.heading.startsWith("Læs vilkårene")) await visitor.press("Næste");
  await visitor.press("Acceptér", { accept: "yes" });
  await visitor.press("Bekræft med MitID");
  await visitor.press(inSimulator);
  visitor.expect("Vælg din adgangskode");
  await visitor.press("Gem adgangskoden", { password: PASSWORD });
  visitor.expect("Vælg et loginmiddel");
  await visitor.open("app");
  const secret = /secret=([A-Z2-7]+)/.exec(visitor.page)?.[1] ?? "";
  await visitor.press("Bekræft", { code: totp(secret) });
  await visitor.press("Gør færdig");
  visitor.expect("Gem dine koder");
  const blockingCode = /id="spaerrekode"[^>]*>([0-9A-Z-]{14})</.exec(visitor.page)?.[1] ?? "";
  await visitor.press("Fortsæt", { saved: "yes" });
  visitor.expect("Du er klar");
  visitor.leave();
  return { userName: `proeve${at}`, secret, blockingCode, inSimulator };
}

/** The link in each letter, by the address it went to; waits until the last one has been sent. */
async function welcomeLetters(portal: Portal, number: number): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  const seen = new Set<string>();
  const patience = Date.now() + 10 * 60_000;
  // Of a larger crowd others may have theirs first.
  const lacking = () => Array.from({ length: number }, (_, at) => `proeve${at}@privat.test`).filter((to) => !links.has(to)).length;
  while (lacking() > 0) {
    if (Date.now() > patience) throw new Error(`${lacking()} of ${number} letters were not sent`);
    for (const file of readdirSync(portal.mailDir)) {
      if (!file.endsWith(".eml") || seen.has(file)) continue;
      seen.add(file);
      const mail = await PostalMime.parse(readFileSync(join(portal.mailDir, file)));
      const link = /https?:\/\/\S+\/kom-i-gang\/[\w-]+/.exec(mail.text ?? "")?.[0];
      const to = mail.to?.[0]?.address ?? "";
      if (link && to.startsWith("proeve")) links.set(to, link);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return links;
}
