// One save on its way: [status, what the server told]; status 0 is a server that was not reached.

async function once({ url, token, writer }, sent, number, more) {
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

// Whoever has signed in since the page was opened has another token: the server gives it, and the same goes again.
export async function post(contact, sent, number, more) {
  const [status, told] = await once(contact, sent, number, more);
  if (told.kind !== "stale") return [status, told];
  contact.token = told.token;
  return once(contact, sent, number, more);
}
