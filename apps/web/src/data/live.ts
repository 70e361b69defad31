import { createSignal } from "solid-js";
import { toFault } from "./api.ts";

/** What a subscription of the API tells; the parts of `Unsubscribable` and its options that are needed here. */
interface Listener<Data> {
  onData: (data: Data) => void;
  onError: (error: unknown) => void;
  onConnectionStateChange: (connection: { state: string; error: unknown }) => void;
}
type Subscribe<Data> = (listener: Listener<Data>) => { unsubscribe(): void };

const resubscribeMilliseconds = 3_000;
const [connectionLost, setConnectionLost] = createSignal(false);

/** Whether the server stopped telling what changes, so that what is on screen may be old. */
export { connectionLost };

/**
 * Follows a subscription until the function that it gives is called. `onGap` tells that something may not have been
 * heard, as at each connection. A page out of sight lets go: a browser has six connections for one server, which all its
 * tabs share.
 */
export function followLive<Data>(
  subscribe: Subscribe<Data>,
  hear: { onData: (data: Data) => void; onGap: () => void },
): () => void {
  let subscription: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    close();
    subscription = subscribe({
      onData: hear.onData,
      onConnectionStateChange({ state, error }) {
        if (state === "connecting" && error) setConnectionLost(true);
        if (state !== "pending") return;
        setConnectionLost(false);
        hear.onGap();
      },
      onError(error) {
        setConnectionLost(toFault(error).code === "server_unreachable");
        timer = setTimeout(open, resubscribeMilliseconds);
        // A subscription cannot say why it was refused; reading can, and leads whoever is not signed in to how to.
        hear.onGap();
      },
    });
  }

  function close(): void {
    clearTimeout(timer);
    subscription?.unsubscribe();
    subscription = undefined;
  }

  const look = () => (document.visibilityState === "hidden" ? close() : open());
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    close();
    setConnectionLost(false);
  };
}
