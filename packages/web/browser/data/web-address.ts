/** An address of the web, as a link may lead to it; `null`: it is none, or would run as a program. */
export const webAddress = (given: string | undefined): string | null => {
  if (given === undefined || !URL.canParse(given)) return null;
  const { protocol, href } = new URL(given);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
};
