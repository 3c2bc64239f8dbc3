import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';

import { createAppendCalls } from './append-calls.ts';
import { createCutOff } from './cut-off.ts';
import { createFaults, type Faults } from './faults.ts';
import { createSimulatedLog, type SimulatedLog } from './log.ts';
import { features } from './generated.ts';
import { createReadCalls } from './read-calls.ts';
import { notOffered } from './refusals.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

export interface SimulatorOptions {
  /** What it says of itself; `null` for one from before servers told their version. */
  readonly version?: string | null;
  readonly host?: string;
  /** 0, or left out, for any that is free. */
  readonly port?: number;
  /** Bytes of data that a request may have; 1 MiB where left out, as on a server that was not told otherwise. */
  readonly maxAppendSize?: number;
}

/** A simulated EventStoreDB server, in memory, without TLS. */
export interface Simulator {
  readonly url: string;
  readonly log: SimulatedLog;
  readonly faults: Faults;
  readonly subscriptions: Subscriptions;
  /** Breaks every connection there is. */
  dropConnections(): void;
  /** Takes no connections, until it is let back. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Which clients have appended, one name for each append. */
  readonly appendingClients: readonly string[];
  /** How many batch appends were asked for: it offers them, as servers do. */
  batchAppends(): number;
  close(): Promise<void>;
}

/** What a server takes at most, in one message: TFConsts.EffectiveMaxLogRecordSize. */
const largestMessage = 16 * 1024 * 1024;

/** Starts it. Nothing is kept: a new one is empty. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { version = '24.10.0.0', host = '127.0.0.1', maxAppendSize = 1024 * 1024 } = options;
  const log = createSimulatedLog();
  const faults = createFaults();
  const subscriptions = createSubscriptions(log);
  const appendingClients: string[] = [];
  let batchAppends = 0;
  const leader = () => ({ host: '127.0.0.1', port: way.port });
  const dropConnections = (): void => way.drop();

  const server = new Server({ 'grpc.max_receive_message_length': largestMessage + 1024 * 1024 });
  server.addService(StreamsService, {
    append: createAppendCalls({
      log,
      faults,
      leader,
      dropConnections,
      onClient: (name) => appendingClients.push(name),
      maxAppendSize,
    }),
    read: createReadCalls({ log, faults, leader, dropConnections, subscriptions }),
    batchAppend: (call: { emit(event: 'error', error: object): void }) => {
      batchAppends += 1;
      call.emit('error', notOffered());
    },
  });
  if (version !== null) {
    server.addService(ServerFeaturesService, {
      // EventStore.Core/Services/Transport/Grpc/ServerFeatures.cs
      getSupportedMethods: (_call: unknown, answer: (error: null, response: object) => void) => {
        const methods = Object.values(StreamsService as Readonly<Record<string, { path: string }>>).map(({ path }) => {
          const [, service = '', method = ''] = path.split('/');
          return new features.SupportedMethod()
            .setServiceName(service.toLowerCase())
            .setMethodName(method.toLowerCase())
            .setFeaturesList([]);
        });
        const response = new features.SupportedMethods();
        response.setEventStoreServerVersion(version);
        answer(null, response.setMethodsList(methods));
      },
    });
  }
  const inner = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
  const way = await createCutOff(inner, host, options.port ?? 0);

  return {
    url: `esdb://127.0.0.1:${way.port}?tls=false`,
    log,
    faults,
    subscriptions,
    dropConnections,
    appendingClients,
    goAway: () => way.close(),
    comeBack: () => way.open(),
    batchAppends: () => batchAppends,
    async close() {
      await way.close();
      server.forceShutdown();
    },
  };
}
