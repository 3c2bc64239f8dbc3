import { render } from 'preact';
import type { VNode } from 'preact';

import { asXml } from './xml.ts';

/** A picture as a file of its own. */
export const asSvg = (picture: VNode): string => {
  const holder = document.createElement('div');
  render(picture, holder);
  return asXml(Array.from(holder.children, (drawn) => new XMLSerializer().serializeToString(drawn)).join(''));
};
