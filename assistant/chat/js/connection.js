/* Report a lost connection until it is back; reload after a restart of the server. */
{
  const CHECK_INTERVAL_MS = 3000;

  const banner = document.createElement("div");
  banner.id = "lost";
  banner.setAttribute("role", "alert");
  banner.hidden = true;
  document.body.append(banner);
  let serverId = null;
  let failures = 0;

  const fetchServerId = async () => {
    const reply = await fetch("gradio_api/app_id", { cache: "no-store" });
    if (!reply.ok) throw new Error(reply.statusText);
    return (await reply.json()).app_id;
  };

  const check = async () => {
    try {
      const current = await fetchServerId();
      // Conversations are saved, but a restarted server does not know this page's session.
      if (serverId !== null && current !== serverId) location.reload();
      serverId = current;
      failures = 0;
      banner.hidden = true;
    } catch {
      failures += 1;
      if (failures < 2) return;
      banner.textContent =
        "The assistant does not respond. Start it again with `assistant chat`, or check the network. " +
        "This page then reconnects by itself. Your conversations are saved.";
      banner.hidden = false;
    }
  };

  check();
  setInterval(() => document.visibilityState === "visible" && check(), CHECK_INTERVAL_MS);
}
