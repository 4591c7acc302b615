// Only in pages that `trunk serve` builds: reloads the page after a rebuild.
(() => {
  const address = new URL("/.well-known/trunk/ws", location.href);
  address.protocol = "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = (message) => {
    if (JSON.parse(message.data).type === "reload") location.reload();
  };
})();
