// Shows notices although no page is open, and opens what they are about when they are pressed.
"use strict";
self.addEventListener("push", event => {
  const said = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(said.title || "Redress",
    { body: said.body || "", tag: said.tag, lang: said.lang, data: said.url || "/notices" }));
});
self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
