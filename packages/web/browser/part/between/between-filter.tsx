import { go } from '../../address/current.ts';
import type { Place } from '../../address/place.ts';
import { isoOf, today } from '../../data/days.ts';
import { useNamed } from '../../data/named.ts';
import type { Kind } from '../../data/named.ts';
import { text } from '../../text/index.ts';
import { Choose, Chosen } from '../choose.tsx';
import { isDay, whenInWords } from './known-words.ts';

type BetweenPlace = Place & { readonly view: 'between' };
type Parameter = 'from' | 'to' | 'holder' | 'proposition';

/** The same with one parameter of another value; `undefined`: without it. */
const withOne = (place: BetweenPlace, name: Parameter, value: string | undefined): BetweenPlace => {
  const { [name]: _gone, ...rest } = place;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
};

interface OneProps {
  readonly place: BetweenPlace;
  readonly name: 'holder' | 'proposition';
  readonly kind: Kind;
}

/** One that is asked for, or a field to look for it. */
const One = ({ place, name, kind }: OneProps) => {
  const id = place[name];
  const [named] = useNamed(kind, id === undefined ? [] : [id], undefined);
  if (named === undefined)
    return (
      <Choose
        label={text.between[name]}
        kind={kind}
        knownAt={undefined}
        take={(chosen) => go(withOne(place, name, chosen))}
      />
    );
  return (
    <div>
      <span class="label">{text.between[name]}</span>
      <Chosen named={named} remove={() => go(withOne(place, name, undefined))} />
    </div>
  );
};

interface DateFieldProps {
  readonly place: BetweenPlace;
  readonly name: 'from' | 'to';
  readonly value: string | undefined;
}

const DateField = ({ place, name, value }: DateFieldProps) => (
  <label>
    {text.between[name]}
    <input
      type="date"
      value={value !== undefined && isDay(value) ? value : ''}
      // Today is not over yet.
      max={isoOf(today() - 1)}
      onChange={({ currentTarget }) => go(withOne(place, name, currentTarget.value), { replace: true })}
    />
    {value === undefined || isDay(value) ? null : <span class="help">{whenInWords(value)}</span>}
    {name === 'to' && value === undefined ? <span class="help">{text.between.toHelp}</span> : null}
  </label>
);

export interface BetweenFilterProps {
  readonly place: BetweenPlace;
  readonly from: string;
  readonly to: string | undefined;
}

/** Between which dates, and of whom and what. */
export const BetweenFilter = ({ place, from, to }: BetweenFilterProps) => (
  <form class="filter" onSubmit={(event) => event.preventDefault()}>
    <DateField place={place} name="from" value={from} />
    <DateField place={place} name="to" value={to} />
    <One place={place} name="holder" kind="actor" />
    <One place={place} name="proposition" kind="proposition" />
  </form>
);
