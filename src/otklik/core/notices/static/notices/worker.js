// The service worker: shows what the desk pushes, opens what it is about.  It keeps no pages and answers no requests.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("push", (event) => event.waitUntil(show(event.data)));

// Whoever looks at the desk hears of it there: the same news reaches the page by its own stream.
async function show(data) {
  const told = parsed(data);
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.visibilityState === "visible" && page.focused)) return;
  await registration.showNotification(told.title ?? "Otklik", {
    body: told.text ?? "",
    tag: told.tag,
    renotify: Boolean(told.tag),
    requireInteraction: Boolean(told.urgent),
    data: { at: told.at ?? "/notices/" },
  });
}

function parsed(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.at ?? "/notices/"));
});

async function open(at) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages[0];
  if (!page) return clients.openWindow(at);
  await page.focus();
  return page.navigate(at).catch(() => clients.openWindow(at));
}
