import { faultOf } from './messages.ts';
import type { CommandAnswer, CommandRequest, Fault, FromWorker, ProjectionCommand } from './messages.ts';
import type { Handled } from './versions/version-host.ts';

/** What is asked of the one who projects, until it comes to it: between two pages. */
export interface Commands {
  /** Takes a command, or refuses it where this one does not project. */
  receive(request: CommandRequest): void;
  /** From here on commands are taken; once it is disposed of, those left are refused. */
  attend(): Disposable;
  /**
   * Carries out what has come in, and says whether anything had.
   *
   * @throws what cannot pass, once whoever asked has been told.
   */
  work(handle: (command: ProjectionCommand) => Promise<Handled<CommandAnswer>>): Promise<boolean>;
}

/** Codes of what is refused because of how the versions are: nothing is wrong with the one who projects. */
const refusals: ReadonlySet<string> = new Set([
  'rebuild-under-way',
  'version-conflict',
  'version-refused',
  'version-unknown',
]);
const isRefusal = ({ code }: Fault): boolean => refusals.has(code);

export const createCommands = (send: (message: FromWorker) => void): Commands => {
  const waiting: CommandRequest[] = [];
  let attending = false;

  const refuse = ({ id }: CommandRequest): void => {
    const message = 'this projector is not at work: another one projects, or none does yet';
    send({
      kind: 'refused',
      id,
      fault: { name: 'ProjectorError', code: 'projector-not-at-work', message, retryable: true },
    });
  };

  return {
    receive(request) {
      if (attending) waiting.push(request);
      else refuse(request);
    },
    attend() {
      attending = true;
      return {
        [Symbol.dispose]() {
          attending = false;
          for (const request of waiting.splice(0)) refuse(request);
        },
      };
    },
    async work(handle) {
      if (waiting.length === 0) return false;
      for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
        const { id, command } = request;
        try {
          const answer = await handle(command);
          if (!('later' in answer)) send({ kind: 'answered', id, answer });
          else {
            void answer.later.then(
              (late) => send({ kind: 'answered', id, answer: late }),
              (error: unknown) => send({ kind: 'refused', id, fault: faultOf(error) }),
            );
          }
        } catch (error) {
          const fault = faultOf(error);
          send({ kind: 'refused', id, fault });
          if (!fault.retryable && !isRefusal(fault)) throw error;
        }
      }
      return true;
    },
  };
};
