import {
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
  useQueryClient,
} from "@tanstack/solid-query";
import { batch, createComputed, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

/** What the server says to a question, now and after each reading. */
export interface Answer<Data> {
  /** Undefined until the first answer. */
  data: Data | undefined;
  error: Error | null;
  /** Whether `data` answers the question that is asked now, and not the one before it. */
  current: boolean;
}

/**
 * Asks as `useQuery` does, and never gives way to a Suspense: there each new reading of an answer that was known when a
 * page was opened takes the page away for a moment, and with it the focus of whoever types.
 */
export function useAnswer<Data>(options: () => QueryObserverOptions<Data, Error, Data, Data, QueryKey>): Answer<Data> {
  const client = useQueryClient();
  const observer = new QueryObserver(client, client.defaultQueryOptions(options()));
  const [answer, setAnswer] = createStore<Answer<Data>>({ data: undefined, error: null, current: false });
  const take = ({ data, error, isPending, isPlaceholderData }: QueryObserverResult<Data, Error>) => {
    batch(() => {
      setAnswer({ error, current: !isPending && !isPlaceholderData });
      // What other questions hold of the same answer must not change with this one.
      setAnswer("data", reconcile(structuredClone(data), { key: "id" }));
    });
  };
  onCleanup(observer.subscribe(take));
  createComputed(() => {
    observer.setOptions(client.defaultQueryOptions(options()));
    take(observer.getCurrentResult());
  });
  return answer;
}
