import { useId, useRef, useState } from 'preact/hooks';

import { useAtMostEvery } from '../data/at-most-every.ts';
import { useLoaded } from '../data/loaded.ts';
import { find, isKnown } from '../data/named.ts';
import type { Kind, Named } from '../data/named.ts';
import { text } from '../text/index.ts';

export interface ChooseProps {
  readonly label: string;
  readonly kind: Kind;
  readonly knownAt: string | undefined;
  readonly take: (id: string) => void;
}

/** How long typing may go on before it is asked who is meant, in milliseconds. */
const typing = 150;
const anId = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$/;

/** A field in which somebody or something is looked for by name, and taken: a combobox as ARIA describes it. */
export const Choose = ({ label, kind, knownAt, take }: ChooseProps) => {
  const own = useId();
  const [words, setWords] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const wanted = useAtMostEvery(words.trim(), typing);
  // What was found stays while somebody types on.
  const loaded = useLoaded<readonly Named[]>(
    `${isOpen} ${knownAt ?? ''}`,
    async (signal) => (isOpen ? find(kind, wanted, knownAt, signal) : []),
    wanted,
  );
  const found = isOpen ? (loaded.value ?? []) : [];
  const activeOption = active === null ? undefined : found[active];

  const choose = (id: string): void => {
    take(id);
    setWords('');
    setOpen(false);
    setActive(null);
  };
  const now = useRef({ words, choose });
  now.current = { words, choose };
  /** An id is no name, and need not be among what is found by name. */
  const chooseKnown = async (id: string): Promise<void> => {
    // Somebody may have typed on meanwhile.
    if ((await isKnown(kind, id, knownAt)) && now.current.words.trim() === id) now.current.choose(id);
  };
  /** From the field to the first, and from the last back to the field. */
  const move = (step: 1 | -1): void => {
    const places = found.length + 1;
    const next = ((active ?? -1) + 1 + step + places) % places;
    setOpen(true);
    setActive(next === 0 ? null : next - 1);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else if (event.key === 'Enter' && !isOpen) setOpen(true);
    else if (event.key === 'Enter') {
      const typed = words.trim();
      // What was found is of other words while somebody types on.
      const first = wanted === typed && typed !== '' ? found[0] : undefined;
      if (activeOption !== undefined) choose(activeOption.id);
      else if (found.some(({ id }) => id === typed)) choose(typed);
      else if (first !== undefined) choose(first.id);
      else if (anId.test(typed)) void chooseKnown(typed);
    } else return;
    event.preventDefault();
  };

  return (
    <div class="choose">
      <label for={own}>{label}</label>
      <input
        id={own}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={`${own}-list`}
        aria-activedescendant={activeOption === undefined ? undefined : `${own}-${activeOption.id}`}
        placeholder={text.choose.placeholder}
        value={words}
        onInput={({ currentTarget }) => {
          setWords(currentTarget.value);
          setOpen(true);
          setActive(null);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <ul id={`${own}-list`} role="listbox" aria-label={label} hidden={found.length === 0}>
        {found.map(({ id, name }, index) => (
          <li
            key={id}
            id={`${own}-${id}`}
            role="option"
            aria-selected={index === active}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(id)}
          >
            {name}
            {name === id ? null : <span class="aside"> {id}</span>}
          </li>
        ))}
      </ul>
      <p class={isOpen && loaded.state === 'done' && found.length === 0 ? 'aside' : 'visually-hidden'} role="status">
        {isOpen && loaded.state === 'failed' ? loaded.error.message : null}
        {isOpen && loaded.state === 'done' && wanted !== ''
          ? found.length === 0
            ? text.choose.none(wanted)
            : text.choose.found(found.length)
          : null}
      </p>
    </div>
  );
};

export interface ChosenProps {
  readonly named: Named;
  readonly remove: () => void;
}

/** One that was taken, and can be left again. */
export const Chosen = ({ named: { id, name }, remove }: ChosenProps) => {
  const shown = name ?? text.choose.unknown(id);
  return (
    <span class={name === null ? 'picked is-unknown' : 'picked'}>
      {shown}
      <button type="button" aria-label={text.choose.remove(shown)} onClick={remove}>
        ×
      </button>
    </span>
  );
};
