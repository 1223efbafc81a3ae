/** Does something a while after it is first called; calls in between are the same one. */
export interface Paced {
  call(): void;
  /** Forget a call that waits. */
  stop(): void;
}

/**
 * `work`, `wait` milliseconds after the first call: a later call never puts it off, however quickly calls follow each
 * other. What waited is done once; whatever is called while it is done waits anew.
 */
export function paced(work: () => void, wait: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, wait);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
