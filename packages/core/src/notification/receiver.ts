import { z } from "zod";
import { limits } from "../limits.ts";

/**
 * Where webhooks go. An administrator names receivers, so private addresses are allowed: most of them stand in the same
 * network. A name or password in the address is refused, since addresses are shown and logged; the signature says who sends.
 */
export const receiverUrl = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
  .max(limits.receiverUrlCharactersMax)
  .refine((url) => {
    const { username, password } = URL.parse(url) ?? { username: "", password: "" };
    return username === "" && password === "";
  }, "must hold no user name or password; the receiver knows Waybill by the signature");

const secretFault = "must be whsec_ followed by 24 to 64 bytes in base64; leave it out to be given one";

/** What webhooks are signed with, as Standard Webhooks write it. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, secretFault)
  .refine((secret) => {
    const text = secret.slice("whsec_".length);
    const bytes = Buffer.from(text, "base64");
    return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === text;
  }, secretFault);
