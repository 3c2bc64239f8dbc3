import { createHash } from 'node:crypto';

import anyAscii from 'any-ascii';

/** The most characters an id made from a name has, so that a suffix and a prefix still fit into the 128 of an id. */
const longest = 60;

/** `Côte d’Ivoire` becomes `cote-d-ivoire`. Different names can give the same id: see `markedId`. */
export const idFromName = (name: string): string => {
  const id = anyAscii(name.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');
  return id === '' ? 'unnamed' : id;
};

/** An id that also carries a mark of the exact name, so that different names never share it. */
export const markedId = (name: string): string =>
  `${idFromName(name)}-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
