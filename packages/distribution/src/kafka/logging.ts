import type { logCreator } from 'kafkajs';

import { logLevel } from './kafkajs.ts';

/** The part of pino that is used here. */
export interface KafkaLogger {
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
  debug(details: object, message: string): void;
}

/**
 * Routes what kafkajs logs. What it calls errors are mostly what it gets over by itself: they are warnings here, and what
 * matters comes as a failure or a fault.
 */
export const routedTo =
  (logger: KafkaLogger): logCreator =>
  () =>
  ({ namespace, level, log: { message, timestamp: _timestamp, logger: _logger, ...details } }) => {
    const entry = { kafkajs: namespace, ...details };
    if (level === logLevel.ERROR || level === logLevel.WARN) logger.warn(entry, message);
    else if (level === logLevel.INFO) logger.info(entry, message);
    else logger.debug(entry, message);
  };
