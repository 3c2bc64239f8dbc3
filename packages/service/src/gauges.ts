import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface GaugeOf {
  readonly name: `stance_${string}`;
  readonly help: string;
  /** `null` where there is nothing to say by now. */
  readonly read: () => number | null;
}

/** Adds gauges that are read when the metrics are asked for. */
export const registerGauges = (registry: Registry, gauges: readonly GaugeOf[]): void => {
  for (const { name, help, read } of gauges) {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        const value = read();
        if (value === null) this.reset();
        else this.set(value);
      },
    });
    registry.registerMetric(gauge);
  }
};
