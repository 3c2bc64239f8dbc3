import type { StartedNetwork } from 'testcontainers';

/** The way to a server, by a proxy that can make it bad. Each call is done once it holds. */
export interface Way {
  /** `host:port`, as seen from here. */
  readonly address: string;
  /** Breaks all connections, and takes no new ones. */
  cut(): Promise<void>;
  /** Lets connections stand, and nothing come through in either direction: as a machine that is gone without a word. */
  hang(): Promise<void>;
  /** Lets answers come later, by so many milliseconds give or take some. */
  delay(latency: number, jitter: number): Promise<void>;
  /** Lets so many kilobytes a second through, in either direction. */
  throttle(kilobytes: number): Promise<void>;
  /** Breaks each connection once so many bytes of answers have come. */
  breakAfter(bytes: number): Promise<void>;
  /** All is well again; connections that were there are broken. */
  heal(): Promise<void>;
}

export interface Toxiproxy {
  /** Opens the way to a server. */
  lead(name: string, upstream: string): Promise<Way>;
  stop(): Promise<void>;
}

interface Toxic {
  readonly type: string;
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

const image = process.env['TOXIPROXY_IMAGE'] ?? 'ghcr.io/shopify/toxiproxy:2.12.0';
const control = 8474;
const firstPort = 20_000;
const bothWays = (type: string, attributes: Toxic['attributes']): readonly Toxic[] => [
  { type, stream: 'upstream', attributes },
  { type, stream: 'downstream', attributes },
];

/**
 * Starts Toxiproxy in a container of the image `TOXIPROXY_IMAGE`, by default a public one. Servers on this machine are
 * `host.docker.internal` to it.
 *
 * @param most how many ways can be opened.
 * @throws Error where there is no container runtime, or the image cannot be had.
 */
export const startToxiproxyContainer = async (network: StartedNetwork, most: number): Promise<Toxiproxy> => {
  const { GenericContainer, Wait } = await import('testcontainers');
  const ports = Array.from({ length: most }, (_, index) => firstPort + index);
  const container = await new GenericContainer(image)
    .withNetwork(network)
    .withExtraHosts([{ host: 'host.docker.internal', ipAddress: 'host-gateway' }])
    .withExposedPorts(control, ...ports)
    .withWaitStrategy(Wait.forHttp('/version', control))
    .start();
  const host = container.getHost();

  const call = async (method: string, path: string, body?: object): Promise<void> => {
    const response = await fetch(`http://${host}:${String(container.getMappedPort(control))}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    if (!response.ok) throw new Error(`Toxiproxy: ${method} ${path}: ${String(response.status)} ${said}`);
  };

  const open = async (name: string, port: number, upstream: string): Promise<Way> => {
    const path = `/proxies/${name}`;
    const begin = (): Promise<void> =>
      call('POST', '/proxies', { name, listen: `0.0.0.0:${String(port)}`, upstream, enabled: true });
    const add = async (all: readonly Toxic[]): Promise<void> => {
      for (const toxic of all) await call('POST', `${path}/toxics`, toxic);
    };
    await begin();
    return {
      address: `${host}:${String(container.getMappedPort(port))}`,
      cut: () => call('POST', path, { enabled: false }),
      // A timeout of 0 never ends: what comes is swallowed.
      hang: () => add(bothWays('timeout', { timeout: 0 })),
      delay: (latency, jitter) => add([{ type: 'latency', stream: 'downstream', attributes: { latency, jitter } }]),
      throttle: (rate) => add(bothWays('bandwidth', { rate })),
      breakAfter: (bytes) => add([{ type: 'limit_data', stream: 'downstream', attributes: { bytes } }]),
      // Anew: to take what is bad from it alone waits for what is still on its way, perhaps for ever.
      heal: async () => {
        await call('DELETE', path);
        await begin();
      },
    };
  };

  return {
    lead: (name, upstream) => {
      const port = ports.shift();
      if (port === undefined) throw new RangeError(`more than ${String(most)} ways`);
      return open(name, port, upstream);
    },
    stop: async () => {
      await container.stop();
    },
  };
};
