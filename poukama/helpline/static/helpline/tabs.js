// One tab of this browser writes in a contact; the server sees to it between machines.

const RELOADED = 1500;
const name = (id) => `contact ${id}`;

// Whether this tab is the one; lost() is called if another takes it later. A tab that is just going is waited for.
export function alone(id, lost) {
  return new Promise((told) => {
    const hold = () => {
      told(true);
      return new Promise(() => {});
    };
    const given = navigator.locks.request(name(id), { signal: AbortSignal.timeout(RELOADED) }, hold);
    given.catch((fault) => {
      told(false);
      if (fault.name === "AbortError") lost();
    });
  });
}

export const take = (id) => navigator.locks.request(name(id), { steal: true }, () => {});

// Do some work if no tab writes there now.
export const ifFree = (id, work) => navigator.locks.request(name(id), { ifAvailable: true }, (lock) => lock && work());
