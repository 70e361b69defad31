import { createSignal, onCleanup } from "solid-js";

const tickMilliseconds = 30_000;

/** The present moment, told anew twice a minute. */
export function createNow(): () => Date {
  const [now, setNow] = createSignal(new Date());
  const timer = setInterval(() => setNow(new Date()), tickMilliseconds);
  onCleanup(() => clearInterval(timer));
  return now;
}
