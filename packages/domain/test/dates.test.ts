import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DateError, daysOf, formatDay, saidInterval } from '../src/index.ts';
import { recordedInterval } from '../src/said-interval.ts';
import { day } from './given.ts';
import { rounds } from './rounds.ts';

const span = (text: string): string => {
  const { earliest, latest } = daysOf(text);
  return `${earliest === null ? '..' : formatDay(earliest)}/${latest === null ? '..' : formatDay(latest)}`;
};

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
    return error.code;
  }
};

describe('days of dates', () => {
  it.each([
    ['2024-06-05', '2024-06-05/2024-06-05'],
    ['2024-02-29', '2024-02-29/2024-02-29'],
    ['2024-06', '2024-06-01/2024-06-30'],
    ['2023-02', '2023-02-01/2023-02-28'],
    ['2024', '2024-01-01/2024-12-31'],
    ['0500', '0500-01-01/0500-12-31'],
    ['0000', '0000-01-01/0000-12-31'],
    ['-0044-03-15', '-0044-03-15/-0044-03-15'],
    ['-0044', '-0044-01-01/-0044-12-31'],
    ['Y17000', 'Y17000-01-01/Y17000-12-31'],
    ['Y-17000', 'Y-17000-01-01/Y-17000-12-31'],
    ['2024-06-05/2024-06-08', '2024-06-05/2024-06-08'],
    ['2024-06-05/2024-06', '2024-06-05/2024-06-30'],
    ['2024-06/2024-06-05', '2024-06-01/2024-06-05'],
    ['2023/2024-06', '2023-01-01/2024-06-30'],
    ['2024/2024-01', '2024-01-01/2024-01-31'],
    ['2024-12/2024', '2024-12-01/2024-12-31'],
    ['../2020', '../2020-12-31'],
    ['/2020', '../2020-12-31'],
    ['2020/..', '2020-01-01/..'],
    ['2020/', '2020-01-01/..'],
    ['2024-06-06?', '2024-06-06/2024-06-06'],
    ['2024-06~', '2024-06-01/2024-06-30'],
    ['2024%', '2024-01-01/2024-12-31'],
    ['2023?/2024-06~', '2023-01-01/2024-06-30'],
    ['2024-21', '2024-01-01/2024-03-31'],
    ['2024-24', '2024-10-01/2024-12-31'],
    ['201X', '2010-01-01/2019-12-31'],
    ['20XX', '2000-01-01/2099-12-31'],
    ['2024-XX', '2024-01-01/2024-12-31'],
    ['2024-06-XX', '2024-06-01/2024-06-30'],
    ['2024-XX-XX', '2024-01-01/2024-12-31'],
    ['2024-06-05T12:00:00Z', '2024-06-05/2024-06-05'],
    ['2024-06-05T12:00:00.123Z', '2024-06-05/2024-06-05'],
    ['2024-06-05T12:00', '2024-06-05/2024-06-05'],
    ['2024-06-05T23:00:00-05:00', '2024-06-06/2024-06-06'],
    ['2024-06-05T00:30:00+02:00', '2024-06-04/2024-06-04'],
    ['2024-06-05T24:00:00Z', '2024-06-06/2024-06-06'],
    ['2016-12-31T23:59:60Z', '2016-12-31/2016-12-31'],
    ['2024-06-05T12:00:00Z/2024-06-08T12:00:00Z', '2024-06-05/2024-06-08'],
    ['2024-06-05T23:59:59Z', '2024-06-05/2024-06-05'],
    ['2024-06-05T00:00:00.000Z', '2024-06-05/2024-06-05'],
    ['2024-06-05T24:00', '2024-06-06/2024-06-06'],
    ['2024-06-05T23:59:59+00:00', '2024-06-05/2024-06-05'],
    ['2024-06-05T23:29-0030', '2024-06-05/2024-06-05'],
    ['2024-06-05T23:30-0030', '2024-06-06/2024-06-06'],
    ['2024-06-05T00:59:30+01', '2024-06-04/2024-06-04'],
    ['2024-06-05T23:00:00-23:59', '2024-06-06/2024-06-06'],
    ['2024-06-05T12:00:00.5Z', '2024-06-05/2024-06-05'],
    ['2024-06-05/2024-06-05', '2024-06-05/2024-06-05'],
    ['2024-06-15/2024', '2024-06-15/2024-12-31'],
    ['2024-22', '2024-04-01/2024-06-30'],
    ['2024-23', '2024-07-01/2024-09-30'],
    ['201X-XX', '2010-01-01/2019-12-31'],
    ['201X-XX-XX', '2010-01-01/2019-12-31'],
    ['-004X', '-0049-01-01/-0040-12-31'],
    ['Y270000', 'Y270000-01-01/Y270000-12-31'],
    ['Y-270000', 'Y-270000-01-01/Y-270000-12-31'],
    ['../2024-06-05T12:00:00Z', '../2024-06-05'],
  ])('%s covers %s', (text, expected) => {
    expect(span(text)).toBe(expected);
  });

  it.each([
    ['2024-02-30', 'no-such-date'],
    ['2023-02-29', 'no-such-date'],
    ['1900-02-29', 'no-such-date'],
    ['2024-06-31', 'no-such-date'],
    ['2024-13', 'no-such-date'],
    ['2024-00-10', 'no-such-date'],
    ['2024-06-00', 'no-such-date'],
    ['2024-02-30T12:00:00Z', 'no-such-date'],
    ['2024-06-05T25:00:00Z', 'no-such-date'],
    ['2024-06-05T24:00:01Z', 'no-such-date'],
    ['2024-06-05T12:60:00Z', 'no-such-date'],
    ['2024-06-05T12:00:00+25:00', 'no-such-date'],
    ['2024-06-05T12:00:00+23:60', 'no-such-date'],
    ['2024-06-05T24:01:00Z', 'no-such-date'],
    ['2024-06-05T12:00:61Z', 'no-such-date'],
    ['2024-06-05T24:00:00.000Z/2024-06-05', 'from-after-to'],
    ['2024-20', 'no-such-date'],
    ['2024-25', 'no-such-date'],
    ['2024-21-01', 'no-such-date'],
    ['2024-21-01?', 'no-such-date'],
    ['2024-02-30/2024', 'no-such-date'],
    ['2024-00', 'no-such-date'],
    ['2024-07/2024-06-15', 'from-after-to'],
    ['2024-06-08/2024-06-05', 'from-after-to'],
    ['2024/2023', 'from-after-to'],
    ['2024-06-05/2024-05', 'from-after-to'],
    ['', 'invalid-date'],
    [' 2024', 'invalid-date'],
    ['2024-6', 'invalid-date'],
    ['24-06-05', 'invalid-date'],
    ['2024-06-05 12:00', 'invalid-date'],
    ['yesterday', 'invalid-date'],
    ['../..', 'invalid-date'],
    ['/', 'invalid-date'],
    ['2024/2025/2026', 'invalid-date'],
    ['[2020..2022]', 'invalid-date'],
    ['{2020,2021}', 'invalid-date'],
    ['?2024-06', 'invalid-date'],
    ['201X-06', 'invalid-date'],
    ['2024-XX-05', 'invalid-date'],
    ['X024', 'invalid-date'],
    ['Y17E7', 'invalid-date'],
    ['Y999999', 'invalid-date'],
    ['2024-06-05Z', 'invalid-date'],
    ['2024-06-05T12:00:00,123Z', 'invalid-date'],
    ['2024-06-05T12:00:00.12xZ', 'invalid-date'],
    ['2024-06-05T12-00-00Z', 'invalid-date'],
    ['2024-06-05T12:00-00Z', 'invalid-date'],
    ['2024-06-05T12-00:00Z', 'invalid-date'],
    ['2024-06-05Txx:00:00Z', 'invalid-date'],
    ['2024-06-05T12:xx:00Z', 'invalid-date'],
    ['2024-06-05T12:00:xxZ', 'invalid-date'],
    ['2024-06-05 12:00:00Z', 'invalid-date'],
    ['2024-06-05T1:000:00Z', 'invalid-date'],
    ['x2024-06-05T12:00', 'invalid-date'],
    ['2024-06-05T12:00x', 'invalid-date'],
    ['2024-06-05T12:00:00.1234567890Z', 'invalid-date'],
    ['2024-06-05T12', 'invalid-date'],
    ['2024-0a-05', 'invalid-date'],
    ['2024-1/-05', 'invalid-date'],
    ['202.-06-05', 'invalid-date'],
    ['2024-06-0a', 'invalid-date'],
    ['2o24-06-05', 'invalid-date'],
    ['2024-06/05', 'invalid-date'],
    ['2024/06-05', 'invalid-date'],
    ['2024/06/05', 'invalid-date'],
    ['2024:06:05', 'invalid-date'],
    ['201X-XX-05', 'invalid-date'],
    ['201X-06-XX', 'invalid-date'],
    ['2024??', 'invalid-date'],
    ['x2024', 'invalid-date'],
    ['2024x', 'invalid-date'],
    ['Y0017000', 'invalid-date'],
    ['Y270001', 'invalid-date'],
    ['Y-270001', 'invalid-date'],
    ['２０２４-06-05', 'invalid-date'],
    ['9'.repeat(100), 'invalid-date'],
  ])('%s is refused: %s', (text, code) => {
    expect(codeOf(() => daysOf(text))).toBe(code);
  });

  it.each([
    ['2024-02-30', 'there is no such date: "2024-02-30"'],
    ['2024-13', 'there is no such date: "2024-13"'],
    ['2024-06-05T25:00:00Z', 'there is no such time of day: "2024-06-05T25:00:00Z"'],
    ['2024-06-05T12:00+25:00', 'there is no such offset from UTC: "2024-06-05T12:00+25:00"'],
    ['2024/2023', '"2024/2023" ends before it begins'],
    ['Y999999', 'the year of "Y999999" is further away than 270,000 years'],
    ['soon', '"soon" is neither an instant (2024-06-05T12:00:00Z) nor a date of EDTF level 0 or 1'],
    ['9'.repeat(60), `"${'9'.repeat(60)}" is neither`],
    ['9'.repeat(61), `"${'9'.repeat(60)}…" is neither`],
  ])('say of %s what is wrong', (text, message) => {
    expect(() => daysOf(text)).toThrow(message);
    expect(() => daysOf(text)).toThrow(expect.objectContaining({ name: 'DateError', retryable: false }) as Error);
  });

  it('give every month its days, and February 29 in leap years only', () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (const [index, length] of lengths.entries()) {
      const month = `2023-${String(index + 1).padStart(2, '0')}`;
      expect(span(month)).toBe(`${month}-01/${month}-${length}`);
    }
    const february = ['2024', '1900', '2000', '2100', '-0004', '-0100'].map((year) => span(`${year}-02`).slice(-2));
    expect(february).toEqual(['29', '28', '29', '28', '29', '28']);
  });

  it.each(['2000-02-29', '2000-03-01', '2100-02-28', '2100-03-01', '1999-12-31', '2000-01-01', '-0400-02-29'])(
    'write %s as it was read, at the joints of the calendar',
    (text) => {
      expect(formatDay(daysOf(text).earliest ?? NaN)).toBe(text);
    },
  );

  it('agree with the calendar of the platform', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const written = date.toISOString();
          const expected = Math.floor(date.getTime() / 86_400_000);
          expect(formatDay(expected)).toBe(written.slice(0, 10));
          for (const text of [
            written,
            written.slice(0, 10),
            `${written.slice(0, 10)}?`,
            written.replace('Z', '+00:00'),
          ]) {
            expect(daysOf(text)).toEqual({ earliest: expected, latest: expected });
          }
        },
      ),
      { numRuns: rounds(100) },
    );
  });

  it('never fail but with a coded error', () => {
    const characters = fc.constantFrom(...'0123456789-/.XYTZ:+?~%'.split(''));
    const texts = fc.oneof(fc.string({ unit: characters, maxLength: 25 }), fc.string());
    fc.assert(
      fc.property(texts, (text) => void codeOf(() => daysOf(text))),
      { numRuns: rounds(200) },
    );
  });
});

describe('when something was said', () => {
  const received = day('2024-07-01');

  it('is cut off at publication', () => {
    expect(saidInterval('2024-06', '2024-06-10', received)).toEqual({
      earliest: day('2024-06-01'),
      latest: day('2024-06-10'),
      assumed: false,
    });
    expect(saidInterval('2024-06/..', '2024-06-10', received).latest).toBe(day('2024-06-10'));
  });

  it('keeps its own end where that lies before publication', () => {
    expect(saidInterval('2024-06-05', '2024-06-10', received)).toEqual({
      earliest: day('2024-06-05'),
      latest: day('2024-06-05'),
      assumed: false,
    });
  });

  it('is assumed to be the day of publication where it is missing, and marked so', () => {
    expect(saidInterval(undefined, '2024-06-10T22:00:00Z', received)).toEqual({
      earliest: day('2024-06-10'),
      latest: day('2024-06-10'),
      assumed: true,
    });
  });

  it('must not begin after publication', () => {
    expect(codeOf(() => saidInterval('2024-06-11', '2024-06-10', received))).toBe('said-after-published');
    expect(saidInterval('2024-06-10', '2024-06-10', received).earliest).toBe(day('2024-06-10'));
    expect(saidInterval('../1950', '1950-06', received).earliest).toBeNull();
  });

  it('must not end after the day of receipt without publication', () => {
    expect(saidInterval('2024-07-01', undefined, received).latest).toBe(received);
    expect(codeOf(() => saidInterval('2024-07-02', undefined, received))).toBe('said-after-receipt');
    expect(codeOf(() => saidInterval('2024', undefined, received))).toBe('said-after-receipt');
    expect(codeOf(() => saidInterval('2020/..', undefined, received))).toBe('said-after-receipt');
    expect(() => saidInterval('2024', undefined, received)).toThrow('saidAt ends on 2024-12-31');
    expect(() => saidInterval('2020/..', undefined, received)).toThrow('saidAt has no end');
    expect(() => saidInterval('2020/..', undefined, received)).toThrow('beyond the day of receipt (2024-07-01)');
  });

  it('ends, where it is recorded, on the day of receipt if it has no end, and is else left as it is', () => {
    expect(recordedInterval('2020/..', undefined, received)).toEqual({
      earliest: day('2020-01-01'),
      latest: received,
      assumed: false,
    });
    expect(recordedInterval('2024-08/..', undefined, received).latest).toBe(day('2024-08-01'));
    expect(recordedInterval('2024-07-02', undefined, received).latest).toBe(day('2024-07-02'));
  });

  it('says what is wrong', () => {
    expect(() => saidInterval('2024-06-11', '2024-06-10', received)).toThrow(
      'saidAt begins on 2024-06-11, after it was published (2024-06-10)',
    );
    expect(() => saidInterval(undefined, undefined, received)).toThrow('one of saidAt and source.publishedAt');
    expect(() => saidInterval(undefined, '2020/..', received)).toThrow('source.publishedAt has no end');
  });

  it('needs one of the two', () => {
    expect(codeOf(() => saidInterval(undefined, undefined, received))).toBe('date-missing');
    expect(codeOf(() => saidInterval(undefined, '2020/..', received))).toBe('date-missing');
  });
});
