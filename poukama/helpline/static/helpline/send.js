// One save on its way: [status, what the server told]; status 0 is a server that was not reached.

export async function post({ url, token, writer }, sent, number, more) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify({ writer, number, fields: Object.fromEntries(sent) });
  try {
    const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", ...more });
    // Whoever is not signed in may be led to where they can be.
    if (answer.type === "opaqueredirect") return [401, {}];
    return [answer.status, await answer.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}
