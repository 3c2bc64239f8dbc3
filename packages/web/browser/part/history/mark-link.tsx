import type { ComponentChildren } from 'preact';

import type { Mark } from '../../chart/mark-layout.ts';

export interface MarkLinkProps {
  readonly mark: Mark;
  readonly label: string;
  /** The same history with this statement chosen. */
  readonly href: string;
  readonly isActive: boolean;
  /** The one mark that the tab key leads to. */
  readonly isTabbed: boolean;
  readonly isChosen: boolean;
  readonly keep: (link: HTMLElement | SVGElement | null) => void;
  readonly onSee: () => void;
  readonly onReach: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  /** How it is drawn. */
  readonly children: ComponentChildren;
}

/** A mark as a link to its statement, a little larger than what is seen of it. */
export const MarkLink = ({ mark, label, href, isActive, isTabbed, isChosen, children, ...on }: MarkLinkProps) => (
  <a
    class={isActive ? 'mark-link is-active' : 'mark-link'}
    href={href}
    ref={on.keep}
    tabindex={isTabbed ? 0 : -1}
    aria-label={label}
    aria-current={isChosen ? 'true' : undefined}
    onPointerEnter={on.onSee}
    onFocus={on.onReach}
    onKeyDown={on.onKey}
  >
    <circle class="mark-reach" cx={mark.x} cy={mark.y} r={mark.radius + 2} />
    <circle class="mark-ring" cx={mark.x} cy={mark.y} r={mark.radius + 5} />
    {children}
  </a>
);
