/**
 * Registers `kmq-sw.js`, and has images that the page requested before it took over loaded once again. Resolves
 * to null where there are no service workers, as in pages over plain HTTP.
 */
export function registerServiceWorker(url?: string | URL, options?: RegistrationOptions): Promise<ServiceWorkerRegistration | null>;
