/** Control characters, and those that turn the direction of what stands around them unseen. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Whether a name that a person gave shows as what it is, wherever it is shown. */
export function isPrintable(name: string): boolean {
  return !unprintable.test(name);
}
