// Where the script of the workers is, if it is not where bundlers put it.

export let workerUrl = null;

/** For workers that start from now on; null for the place that the bundler knows. */
export function setWorkerUrl(url) {
  workerUrl = url ?? null;
}
