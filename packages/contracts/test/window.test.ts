import { checkWindow, windowDays, windowHolds } from '@stance/contracts';
import { daysOf } from '@stance/domain';
import { describe, expect, it } from 'vitest';

describe('the window of a name or a membership', () => {
  it.each<[object, string[]]>([
    [{}, []],
    [{ from: '2001', to: '2005' }, []],
    [{ from: '2005', to: '2005-03' }, []],
    [{ from: '2006', to: '2005' }, ['aliases[1].to: must not lie before `from`']],
    [{ from: '2006-13' }, ['aliases[1].from: there is no such date: "2006-13"']],
    [{ to: 'soon' }, [expect.stringMatching(/^aliases\[1\]\.to: "soon" is neither an instant/)]],
  ])('%j', (window, problems) => {
    const issues = checkWindow(window, 'aliases[1].');
    expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual(problems);
  });

  it('covers every day that its dates may mean', () => {
    expect(windowDays({ from: '2001', to: '2005-02' })).toEqual({
      earliest: daysOf('2001-01-01').earliest,
      latest: daysOf('2005-02-28').latest,
    });
    expect(windowDays({ to: '2005/..' })).toEqual({ earliest: null, latest: null });
  });

  it.each<[object, string, boolean]>([
    [{}, '1900-01-01', true],
    [{ from: '2015-05-14' }, '2015-05-13', false],
    [{ from: '2015-05-14' }, '2015-05-14', true],
    [{ to: '2020' }, '2020-12-31', true],
    [{ to: '2020' }, '2021-01-01', false],
    [{ from: '2015', to: '2020' }, '2017-01-01', true],
  ])('%j, %s: %s', (window, day, holds) => {
    expect(windowHolds(window, daysOf(day).earliest ?? Number.NaN)).toBe(holds);
  });
});
