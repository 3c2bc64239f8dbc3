import { parseBrokerUrl } from '@stance/distribution/kafka';
import { describe, expect, it } from 'vitest';

describe('the URL of a broker', () => {
  it('names brokers, with the usual port where none is given, and what is usual else', () => {
    expect(parseBrokerUrl(' kafka://one:9093,two/ ')).toEqual({
      brokers: ['one:9093', 'two:9092'],
      place: 'kafka://one:9093,two',
      ssl: false,
      sasl: null,
      topicPrefix: '',
      replicationFactor: -1,
      partitions: 12,
    });
  });

  it('has login and options', () => {
    const url =
      'kafka://us%40er:p%3Aw@host:1?ssl=true&mechanism=scram-sha-512&topicPrefix=a.b-&partitions=24&replicationFactor=3';
    expect(parseBrokerUrl(url)).toEqual({
      brokers: ['host:1'],
      place: 'kafka://host:1',
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'us@er', password: 'p:w' },
      topicPrefix: 'a.b-',
      replicationFactor: 3,
      partitions: 24,
    });
    expect(parseBrokerUrl('kafka://u:p@host').sasl).toEqual({ mechanism: 'plain', username: 'u', password: 'p' });
  });

  it.for([
    ['host:9092', 'it is no URL'],
    ['http://host', 'its scheme is http'],
    ['kafka://', 'it names no host'],
    ['kafka://host:0', 'not a host with a port'],
    ['kafka://host:x', 'not a host with a port'],
    ['kafka://a,,b', 'not a host with a port'],
    ['kafka://host?acks=1', 'there is no option acks, only mechanism'],
    ['kafka://host?ssl=yes', 'ssl is true or false'],
    ['kafka://host?ssl=true&ssl=true', 'given twice'],
    ['kafka://host?partitions=0', 'partitions is a whole number'],
    ['kafka://host?replicationFactor=1.5', 'replicationFactor is a whole number'],
    ['kafka://host?topicPrefix=a b', 'topicPrefix is made of'],
    ['kafka://host?mechanism=plain', 'mechanism wants user and password'],
    ['kafka://u:secret@host?mechanism=gssapi', 'mechanism is one of plain'],
    ['kafka://secret@host', 'before the @ stand user and password'],
    ['kafka://u:secret?@host', 'with %3F for a ? in them'],
    ['kafka://u:secret/@host', 'it names no host'],
    ['kafka://u:secret%@host', 'a % in user or password'],
  ] as const)('is refused where it is %s: %s', ([url, what]) => {
    expect(() => parseBrokerUrl(url)).toThrow(expect.objectContaining({ code: 'distribution-misconfigured' }));
    expect(() => parseBrokerUrl(url)).toThrow(what);
    expect(() => parseBrokerUrl(url)).not.toThrow('secret');
  });
});
