import { checkWindow, windowDays } from '@stance/contracts';
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
});
