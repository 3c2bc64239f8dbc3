import { go } from '../../address/current.ts';
import { fromTheTop } from '../../address/place.ts';
import type { Place } from '../../address/place.ts';
import { lastDayOver } from '../../data/days.ts';
import { text } from '../../text/index.ts';
import { isDay, whenInWords } from '../../text/when.ts';
import { ChooseOne } from '../choose-one.tsx';
import { DayField } from '../day-field.tsx';

type BetweenPlace = Place & { readonly view: 'between' };
type Parameter = 'from' | 'to' | 'holder' | 'proposition';

/** The same with one parameter of another value; `undefined`: without it. */
const withOne = (place: BetweenPlace, name: Parameter, value: string | undefined): BetweenPlace => {
  const { [name]: _gone, ...rest } = fromTheTop(place);
  return value === undefined ? rest : { ...rest, [name]: value };
};

export interface BetweenFilterProps {
  readonly place: BetweenPlace;
  readonly from: string;
  readonly to: string | undefined;
}

/** Between which dates, and of whom and what. */
export const BetweenFilter = ({ place, from, to }: BetweenFilterProps) => {
  const days = [
    ['from', from],
    ['to', to],
  ] as const;
  return (
    <form class="filter" onSubmit={(event) => event.preventDefault()}>
      {days.map(([name, value]) => (
        <DayField
          key={name}
          label={text.between[name]}
          value={value}
          max={lastDayOver()}
          take={(day) => go(withOne(place, name, day), { replace: true })}
        >
          {value === undefined || isDay(value) ? null : <span class="help">{whenInWords(value)}</span>}
          {name === 'to' && value === undefined ? <span class="help">{text.between.toHelp}</span> : null}
        </DayField>
      ))}
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
};
