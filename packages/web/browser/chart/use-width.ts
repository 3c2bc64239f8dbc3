import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What the style of paper gives the page; see `style/print.css`. */
const onPaper = 'on-paper';

const widthOf = ({ clientWidth }: HTMLElement): number => Math.floor(clientWidth);

const widthOnPaper = (element: HTMLElement): number => {
  const { classList } = document.body;
  classList.add(onPaper);
  const width = widthOf(element);
  classList.remove(onPaper);
  return width;
};

/** How wide an element is, as long as it is there; on paper, how wide it is there. */
export const useWidth = <Element extends HTMLElement>(): readonly [RefObject<Element>, number] => {
  const element = useRef<Element>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const look = (): void => setWidth(widthOf(current));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    // Nothing is observed between this and the paper.
    const print = (): void => setWidth(widthOnPaper(current));
    addEventListener('beforeprint', print);
    addEventListener('afterprint', look);
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', look);
    };
  }, []);
  return [element, width];
};
