// The doors of a block, as the forms behind their buttons.
import { type Member, PASSWORD } from "./crowd";
import type { Visitor } from "./visitor";

/** A door that opens with what its owner has at hand. */
export type Door = "session" | "code" | "password";

/** Where a block leads that was done. */
const RECEIPT = "/spaer/kvittering";

/** Blocks by a door, with one more yes where the mass brake asks for it; fails unless the receipt is announced. */
export async function block(visitor: Visitor, door: Door, member: Member): Promise<void> {
  const { userName, blockingCode } = member;
  const forms: Record<Door, [string, Record<string, string>]> = {
    session: ["/handling/spaer-nu", { go: "yes" }],
    code: ["/handling/spaer-kode", { user_name: userName, blocking_code: blockingCode }],
    password: ["/handling/spaer-adgangskode", { user_name: userName, password: PASSWORD }],
  };
  await settle(visitor, await visitor.send(...forms[door]));
}

/** Blocks by the link in a letter: its secret. */
export async function blockByNotice(visitor: Visitor, token: string): Promise<void> {
  await settle(visitor, await visitor.send("/handling/var-det-dig", { token }));
}

/** Goes to MitID and back, to where the last yes is asked; gives the flow. */
export async function questionAfterMitid(visitor: Visitor, member: Member): Promise<string> {
  await visitor.open("/spaer");
  await visitor.press("Spær med MitID");
  await visitor.press(member.inSimulator);
  const flow = asked(new URL(visitor.url).pathname);
  if (flow === undefined) throw new Error(`MitID led to ${visitor.url}`);
  return flow;
}

/** The last yes. */
export async function confirm(visitor: Visitor, flow: string): Promise<void> {
  const to = await visitor.send("/handling/spaer-bekraeft", { flow });
  if (to !== RECEIPT) throw new Error(`the last yes led to ${to}`);
}

async function settle(visitor: Visitor, to: string): Promise<void> {
  const flow = asked(to);
  if (flow !== undefined) return confirm(visitor, flow);
  if (to !== RECEIPT) throw new Error(`the door led to ${to}`);
}

function asked(path: string): string | undefined {
  return /^\/spaer\/bekraeft\/([\w-]+)$/.exec(path)?.[1];
}
