/** What a query holds by now. Reading its `data` before there is any would take the page off the screen until then. */
export function held<Data>(query: { isPending: boolean; isLoadingError: boolean; data: Data }): Data | undefined {
  return query.isPending || query.isLoadingError ? undefined : query.data;
}
