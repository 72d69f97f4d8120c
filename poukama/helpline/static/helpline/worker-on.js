// Starts the service worker that keeps the shell of these pages, and none of their data.

const address = document.querySelector("meta[name=worker]")?.content;
if (address) navigator.serviceWorker?.register(address, { scope: "/s/" }).catch(() => {});
