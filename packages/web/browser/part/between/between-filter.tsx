import { go } from '../../address/current.ts';
import { fromTheTop } from '../../address/place.ts';
import type { Place } from '../../address/place.ts';
import { isoOf, today } from '../../data/days.ts';
import { text } from '../../text/index.ts';
import { ChooseOne } from '../choose-one.tsx';
import { isDay, whenInWords } from '../../text/when.ts';

type BetweenPlace = Place & { readonly view: 'between' };
type Parameter = 'from' | 'to' | 'holder' | 'proposition';

/** The same with one parameter of another value; `undefined`: without it. */
const withOne = (place: BetweenPlace, name: Parameter, value: string | undefined): BetweenPlace => {
  const { [name]: _gone, ...rest } = fromTheTop(place);
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
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
    <ChooseOne
      label={text.between.holder}
      kind="actor"
      id={place.holder}
      knownAt={undefined}
      choose={(id) => go(withOne(place, 'holder', id))}
    />
    <ChooseOne
      label={text.between.proposition}
      kind="proposition"
      id={place.proposition}
      knownAt={undefined}
      choose={(id) => go(withOne(place, 'proposition', id))}
    />
  </form>
);
