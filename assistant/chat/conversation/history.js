/* Send the browser's Back and Forward to the server, which opens the conversation of the URL. */
addEventListener("open-conversation", (event) => {
  trigger("select", { action: "open", id: event.detail });
});
