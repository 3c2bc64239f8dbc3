import { failureOf } from '@stance/postgres';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';

const ofServer = (code: string): DatabaseError => Object.assign(new DatabaseError('said', 4, 'error'), { code });
const ofSystem = (code: string): Error => Object.assign(new Error(''), { code });

describe('a failure', () => {
  it.each([
    ['28P01', 'refused', false],
    ['3D000', 'no-database', false],
    ['42501', 'no-rights', false],
    ['42P01', 'missing', true],
    ['57014', 'busy', true],
    ['40P01', 'busy', true],
    ['57P01', 'unreachable', true],
    ['53300', 'unreachable', true],
    ['53100', 'full', true],
    ['25006', 'read-only', false],
    ['54000', 'too-large', false],
    ['XX001', 'corrupt', false],
  ])('that the server tells as %s is %s', (code, kind, retryable) => {
    expect(failureOf(ofServer(code))).toMatchObject({ kind, retryable });
  });

  it.each([
    [ofSystem('ECONNREFUSED'), 'unreachable'],
    [ofSystem('ENOTFOUND'), 'unreachable'],
    [ofSystem('SELF_SIGNED_CERT_IN_CHAIN'), 'refused'],
    [new Error('Connection terminated unexpectedly'), 'unreachable'],
    [new Error('Query read timeout'), 'unreachable'],
    [new Error('timeout exceeded when trying to connect'), 'busy'],
    [new Error('The server does not support SSL connections'), 'refused'],
  ])('of the system or the driver is told apart as well: %s is %s', (error, kind) => {
    expect(failureOf(error)).toMatchObject({ kind });
  });

  it('says what there is to say although the error says nothing', () => {
    expect(failureOf(ofSystem('ECONNREFUSED'))?.message).toMatch(/ECONNREFUSED/);
  });

  it('that is the caller’s, or a broken rule of the tables, is none of the server’s', () => {
    expect(failureOf(new RangeError('of the caller'))).toBeNull();
    expect(failureOf(ofServer('23505'))).toBeNull();
    expect(failureOf('text')).toBeNull();
  });
});
