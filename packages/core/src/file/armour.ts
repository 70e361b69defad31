const armourBegin = "-----BEGIN PGP MESSAGE-----";
const armourEnd = "-----END PGP MESSAGE-----";
const dashes = "-----";

/** Whether a PGP message is written as text. */
export function isArmoured(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 64)).toString("latin1").trimStart().startsWith(armourBegin);
}

/** The bytes that the beginning of an armoured message stands for: what follows its headers and an empty line. */
export function readArmour(head: Buffer): Buffer {
  const text = head.toString("latin1");
  const message = text.slice(text.indexOf(armourBegin));
  const blank = /\n[ \f\r\t\u00a0]*\n/.exec(message);
  return Buffer.from(blank ? message.slice(blank.index + blank[0].length) : "", "base64");
}

/** Passes an armoured message on. Throws `fault` when anything but white space follows its end. */
export async function* oneMessage(text: AsyncIterable<string>, fault: () => Error): AsyncGenerator<string> {
  let seen = "";
  let ending = false;
  for await (const chunk of text) {
    seen = seen === "" ? chunk.trimStart() : seen + chunk;
    if (!ending) {
      const at = seen.indexOf(`\n${dashes}`);
      ending = at >= 0;
      seen = ending ? seen.slice(at + 1) : seen.slice(-dashes.length);
    }
    if (ending) {
      if (seen.length < armourEnd.length ? !armourEnd.startsWith(seen) : seen.trimEnd() !== armourEnd) throw fault();
      seen = seen.slice(0, armourEnd.length);
    }
    yield chunk;
  }
}
