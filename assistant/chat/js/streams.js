/* Read Gradio's streams over WebSockets: a browser opens only six HTTP connections to a server,
   for all tabs together. Runs before Gradio, in the head of the page. */
{
  const STREAM = /\/gradio_api\/(queue\/data$|heartbeat\/)/;
  // Gradio closes its stream when no event is pending. A new one that has just been sent would
  // then never hear its answer, so the stream stays open.
  const CLOSE_STREAM = 'data: {"msg":"close_stream"';
  const fetchOverHttp = window.fetch;

  const read = (address, signal, controller) =>
    new Promise((opened, failed) => {
      const socket = new WebSocket(address);
      socket.binaryType = "arraybuffer";
      const abort = () => socket.close();
      signal.addEventListener("abort", abort);
      let last = "";
      socket.onopen = opened;
      socket.onmessage = ({ data }) => {
        last = new TextDecoder().decode(data.slice(0, CLOSE_STREAM.length));
        if (last !== CLOSE_STREAM) controller.enqueue(new Uint8Array(data));
      };
      socket.onclose = ({ code }) => {
        signal.removeEventListener("abort", abort);
        if (signal.aborted) return;
        const error = new TypeError(`The stream ended with ${code}.`);
        failed(error);
        if (code === 1000 && last === CLOSE_STREAM) {
          read(address, signal, controller).catch((again) => controller.error(again));
        } else {
          controller.error(error);
        }
      };
    });

  const fetchStream = async (request) => {
    const address = request.url.replace(/^http/, "ws");
    let controller;
    const body = new ReadableStream({ start: (its) => void (controller = its) });
    request.signal.addEventListener("abort", () => controller.error(request.signal.reason));
    await read(address, request.signal, controller);
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };

  window.fetch = async (resource, options) => {
    const url = new URL(resource.url ?? resource, location.href);
    if (!STREAM.test(url.pathname)) return fetchOverHttp(resource, options);
    try {
      return await fetchStream(new Request(resource, options));
    } catch {
      // A proxy may not pass WebSockets on.
      return fetchOverHttp(resource, options);
    }
  };
}
