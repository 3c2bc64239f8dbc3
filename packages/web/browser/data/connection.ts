/** Whether the page hears of changes as they come about. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Lost; what is shown is as it was then. */
  | { readonly state: 'lost'; readonly since: Date }
  /** The service refuses; a token is wanted, say. */
  | { readonly state: 'refused'; readonly message: string };
