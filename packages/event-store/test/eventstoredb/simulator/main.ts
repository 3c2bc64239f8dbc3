import { startSimulator } from './simulator.ts';

// The simulator as a process of its own, where no real server is to be had: it forgets everything when it ends.
const { SIMULATOR_HOST: host = '127.0.0.1', SIMULATOR_PORT: port = '2113', SIMULATOR_VERSION: version } = process.env;
const simulator = await startSimulator({
  host,
  port: Number(port),
  maxAppendSize: 8 * 1024 * 1024,
  ...(version === undefined ? {} : { version }),
});
process.stdout.write(`EventStoreDB (simulator) on ${host}, ${simulator.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
