// Only in pages that `trunk serve` builds: reloads the page after a rebuild.
(() => {
  const address = new URL("/.well-known/trunk/ws", location.href);
  address.protocol = "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = (message) => {
    const { type, data } = JSON.parse(message.data);
    if (type === "reload") location.reload();
    else console.error(data?.reason ?? message.data);
  };
})();
