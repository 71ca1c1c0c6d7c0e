// A worker of a browser as the pool takes it.

export function wrapped(worker) {
  const wrapper = {
    onmessage: null,
    onerror: null,
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => worker.terminate(),
    busy() {},
  };
  worker.onmessage = ({ data }) => wrapper.onmessage?.(data);
  worker.onerror = (event) => {
    event.preventDefault();
    wrapper.onerror?.(event.message ?? "its script could not be loaded; see setWorkerUrl");
  };
  worker.onmessageerror = () => wrapper.onerror?.("its answer cannot be read");
  return wrapper;
}
