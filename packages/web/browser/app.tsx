import { useLayoutEffect, useRef } from 'preact/hooks';

import { place } from './address/current.ts';
import { addressOf, horizonOf, pathOf } from './address/place.ts';
import type { Place } from './address/place.ts';
import { nameTab } from './address/use-title.ts';
import { HorizonControl } from './part/horizon-control.tsx';
import { LiveBadge } from './part/live-badge.tsx';
import { SearchField } from './part/search.tsx';
import { TokenForm } from './part/token-form.tsx';
import { text } from './text/index.ts';
import { Actor } from './view/actor.tsx';
import { Between } from './view/between.tsx';
import { Compare } from './view/compare.tsx';
import { History } from './view/history.tsx';
import { Operations } from './view/operations.tsx';
import { Overview } from './view/overview.tsx';
import { Proposition } from './view/proposition.tsx';
import { Unknown } from './view/unknown.tsx';

const ViewOf = ({ here }: { readonly here: Place }) => {
  switch (here.view) {
    case 'overview':
      return <Overview place={here} />;
    case 'actor':
      return <Actor key={here.actor} place={here} />;
    case 'proposition':
      return <Proposition key={here.proposition} place={here} />;
    case 'history':
      return <History key={`${here.holder} ${here.proposition}`} place={here} />;
    case 'between':
      return <Between place={here} />;
    case 'compare':
      return <Compare place={here} />;
    case 'operations':
      return <Operations place={here} />;
    case 'unknown':
      return <Unknown path={here.path} />;
  }
};

const pages = [
  ['overview', { view: 'overview' }],
  ['compare', { view: 'compare', holders: [] }],
  ['between', { view: 'between' }],
  ['operations', { view: 'operations' }],
] as const;

/** The frame that all views stand in. */
export const App = () => {
  const { value: here } = place;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // Before what is shown finds out its name, and before who comes back is led to where they were.
  useLayoutEffect(() => {
    if (here.view === 'history') nameTab(`${here.holder}: ${here.proposition}`);
    // Who moves by keyboard or hears the page begins at what is new.
    if (!isFirst.current && here.view !== 'overview') main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [pathOf(here)]);
  return (
    <>
      <a class="skip" href="#main">
        {text.skip}
      </a>
      <header class="top">
        <p class="brand">
          <a href={addressOf({ view: 'overview', ...horizonOf(here) })}>{text.title}</a>
        </p>
        <nav>
          {pages.map(([name, to]) => (
            <a
              key={name}
              href={addressOf({ ...to, ...horizonOf(here) })}
              aria-current={here.view === name && !('q' in here) ? 'page' : undefined}
            >
              {text.pages[name]}
            </a>
          ))}
        </nav>
        <SearchField />
        <HorizonControl />
        <LiveBadge />
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <TokenForm />
        <ViewOf here={here} />
      </main>
      <footer>
        <p>
          {text.tagline}. <a href="/docs">{text.pages.api}</a>
        </p>
      </footer>
    </>
  );
};
