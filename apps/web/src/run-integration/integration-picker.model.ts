/** Whether an integration is one that the search finds: its name or its key holds the text, as on the server. */
export function fits(integration: { key: string; name: string }, search: string): boolean {
  const text = search.toLowerCase();
  return integration.name.toLowerCase().includes(text) || integration.key.toLowerCase().includes(text);
}
