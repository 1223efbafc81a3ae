/** Does something a while after it is first called; calls in between are the same one. */
export interface Paced {
  call(): void;
  /** Forget a call that waits. */
  stop(): void;
}

/**
 * `work`, `wait` milliseconds after the first call: a later call never puts it off, however quickly calls follow each
 * other. What is called while it is done waits until it is done, and then anew: a slow service is never asked again
 * before it has answered.
 */
export function paced(work: () => Promise<unknown>, wait: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let working = false;
  let called = false;
  const start = () => {
    timer = setTimeout(run, wait);
  };
  async function run() {
    timer = undefined;
    working = true;
    called = false;
    try {
      await work();
    } finally {
      working = false;
      if (called) start();
    }
  }
  return {
    call() {
      called = true;
      if (!working && timer === undefined) start();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      called = false;
    },
  };
}
