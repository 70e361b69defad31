const armourBegin = "-----BEGIN PGP MESSAGE-----";

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
